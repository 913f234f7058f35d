import { Random } from "@semblant/core";
import sharp from "sharp";

const classes = ["neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt"];
const kinds = 40;
const columns = 16;

/** A library as the API tells of it, in bytes. */
export interface DrawnLibrary {
  readonly rows: number;
  readonly about: Buffer;
  readonly faces: Buffer;
  readonly photos: Buffer;
  readonly embeddings: Buffer;
  /** A map of it as the page keeps one. */
  readonly map: Buffer;
}

/** Faces drawn at random from 40 Gaussians, five to a class. @returns of it, a library of the first so many */
export function drawLibrary(most: number): (rows: number) => DrawnLibrary {
  const random = new Random(1);
  const kind = Array.from({ length: most }, () => random.integer(kinds));
  const centers = Array.from({ length: kinds * columns }, () => random.normal(0, 2));
  const embeddings = Float32Array.from(
    { length: most * columns },
    (_, j) => (centers[(kind[Math.floor(j / columns)] as number) * columns + (j % columns)] as number) + random.normal(0, 0.6),
  );
  const positions = Float32Array.from({ length: 2 * most }, (_, j) => {
    const of = kind[j >> 1] as number;
    const far = 80 * Math.sqrt((of + 1) / kinds);
    return far * (j % 2 === 0 ? Math.cos(2.4 * of) : Math.sin(2.4 * of)) + random.normal(0, 5);
  });
  const probability = Array.from({ length: most }, () => Math.round(1000 * random.uniform(0.3, 1)) / 1000);
  return (rows) => ({
    rows,
    about: json(aboutOf(rows)),
    faces: json(facesOf(kind.slice(0, rows), probability.slice(0, rows))),
    photos: json(photosOf(rows)),
    embeddings: Buffer.from(embeddings.slice(0, rows * columns).buffer),
    map: json(mapOf(positions.slice(0, 2 * rows))),
  });
}

const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const idsOf = (rows: number) => Array.from({ length: rows }, (_, i) => i + 1);

const aboutOf = (rows: number) => ({
  home: "server",
  name: "Measured",
  photos: rows,
  faces: rows,
  readonly: false,
  revision: rows,
  remarks: [],
  can: [],
  model: {
    name: "drawn",
    version: "1",
    summary: "",
    licence: "MIT",
    classes,
    looks: classes,
    dimensions: columns,
    adapted: false,
    kinds: Array.from({ length: kinds }, (_, k) => k % 8),
  },
});

function facesOf(kind: readonly number[], probability: readonly number[]) {
  const id = idsOf(kind.length);
  return {
    revision: kind.length,
    count: kind.length,
    expressions: classes,
    verdicts: ["named", "corrected", "unsure", "none of these", "turned"],
    columns: {
      id,
      photo: id,
      expression: kind.map((k) => k % 8),
      probability,
      verdict: id.map((_, i) => (i % 17 === 0 ? 2 : i % 41 === 0 ? 3 : 0)),
      subclass: kind,
      corrected: id.map((_, i) => (i % 97 === 0 ? 1 : 0)),
      together: id.map(() => 0),
    },
  };
}

function photosOf(rows: number) {
  const id = idsOf(rows);
  return { revision: rows, count: rows, columns: { id, path: id.map((i) => (i === 1 ? '=HYPERLINK("x").jpg' : `${i}.jpg`)) } };
}

function mapOf(positions: Float32Array) {
  const rows = positions.length / 2;
  const base64 = (array: Uint32Array | Float32Array | Uint8Array) => Buffer.from(array.buffer).toString("base64");
  return {
    version: 1,
    model: "drawn 1",
    seed: 0,
    iteration: 1000,
    iterations: 1000,
    ids: base64(Uint32Array.from(idsOf(rows))),
    positions: base64(positions),
    placed: base64(new Uint8Array(rows)),
  };
}

/** A plain face, one per class. */
export function drawThumbnails(): Promise<Buffer[]> {
  const one = (i: number) => `<svg xmlns="http://www.w3.org/2000/svg" width="160" height="160">
    <rect width="160" height="160" fill="hsl(${45 * i} 25% 70%)"/><ellipse cx="80" cy="86" rx="46" ry="58" fill="hsl(${20 + 4 * i} 45% 75%)"/>
    <circle cx="62" cy="76" r="6"/><circle cx="98" cy="76" r="6"/>
    <path d="M58 ${112 + i} q22 ${16 - 5 * i} 44 0" fill="none" stroke="#522" stroke-width="5"/></svg>`;
  return Promise.all(
    classes.map((_, i) =>
      sharp(Buffer.from(one(i)))
        .webp()
        .toBuffer(),
    ),
  );
}
