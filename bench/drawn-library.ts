/**
 * A library of drawn faces, as many as wanted, without pictures: what is measured is what is asked of it. Faces lie in the shipped
 * model's space as real ones do: around its sub-classes, spread along some 26 directions as FER+ is within its classes. Persons come
 * again, moments have one to six shots, folders are named by what most of their faces look like, and one label in twenty is wrong.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { modelOfCard, type SetModel } from "@semblant/answers";
import { Random } from "@semblant/core";
import { cardOf } from "@semblant/faces";
import { type LibraryReader, openLibrary } from "@semblant/photos";
import { fileOf, readShipped } from "@semblant/photos/internals";
import sharp from "sharp";
import { remakeVectors } from "../packages/photos/src/server/vectors.ts";

/** Variances of FER+ within its classes along its axes, in the shipped model's space, rounded. */
const variances = [
  2.2, 1.25, 1.1, 1, 0.9, 0.85, 0.8, 0.7, 0.65, 0.65, 0.6, 0.6, 0.55, 0.5, 0.5, 0.45, 0.45, 0.4, 0.4, 0.35, 0.3, 0.3, 0.25, 0.25, 0.2, 0.1,
];
/** How common each of the model's classes is in an album. */
const common: Readonly<Record<string, number>> = { neutral: 0.4, happiness: 0.36, surprise: 0.08, sadness: 0.06, anger: 0.05 };
/** Parts of a face's spread that are the person's, the moment's and the shot's own. */
const [ofPerson, ofMoment, ofShot] = [0.35, 0.55, 0.1];
const wronglyLabelled = 0.05;
const facesEach = 60;
/** Numbers of an appearance. */
const appearances = 108;
const [width, height] = [1600, 1200];

/**
 * Makes the library; the folder is made, too.
 *
 * @param place of the library, where it is not in the folder: a server's address
 */
export async function drawLibrary(folder: string, faces: number, place?: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const model = modelOfCard(cardOf(await readShipped("expression.onnx")));
  // One photo without faces is read, so that the library knows its model.
  await sharp({ create: { width: 64, height: 64, channels: 3, background: "#888" } })
    .jpeg()
    .toFile(join(folder, "blank.jpg"));
  const reader = async (): Promise<LibraryReader> => ({ model, read: async () => [], close() {} });
  const library = await openLibrary(folder, { reader, ...(place !== undefined && { file: place }) });
  try {
    for await (const _ of library.index());
    const file = fileOf(library);
    const photo = file.prepare(
      `INSERT INTO photos (path, bytes, modified, hash, width, height, taken, perceptual, faces)
       VALUES (?, 250000, 0, ?, ${width}, ${height}, ?, ?, ?) RETURNING id`,
    );
    const face = file.prepare(
      `INSERT INTO faces (photo, x, y, width, height, score, landmarks, side, sharpness, yaw, pitch, roll,
         eyes_open, mouth_open, expression, appearance, embedding) VALUES (?, ?, ?, ?, ?, 0.9, ?, ?, ?, ?, 0, 0, ?, 0.2, 0, ?, ?)`,
    );
    file.transaction(() => {
      for (const { path, taken, perceptual, faces: own } of drawnPhotos(model, faces)) {
        const id = photo.pluck().get(path, path, taken, perceptual, own.length);
        for (const { x, y, side, sharpness, yaw, eyesOpen, appearance, embedding } of own) {
          const at = (dx: number, dy: number) => ({ x: Math.round(x + dx * side), y: Math.round(y + dy * side) });
          const landmarks = { leftEye: at(0.3, 0.4), rightEye: at(0.7, 0.4), mouth: at(0.5, 0.8), nose: at(0.5, 0.6) };
          face.run(id, x, y, side, side, JSON.stringify(landmarks), side, sharpness, yaw, eyesOpen, bytes(appearance), bytes(embedding)); // prettier-ignore
        }
      }
    })();
    if (file.kind === "postgres") remakeVectors(file, model.dimensions); // a file does that as it is opened
  } finally {
    library.close();
  }
  writeFileSync(join(folder, ".made"), "");
}

interface DrawnFace {
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly sharpness: number;
  readonly yaw: number;
  readonly eyesOpen: number;
  readonly appearance: Float32Array;
  readonly embedding: Float32Array;
}

interface DrawnPhoto {
  readonly path: string;
  readonly taken: number;
  readonly perceptual: Buffer;
  readonly faces: readonly DrawnFace[];
}

/** Moment by moment: who is there, how they look, and one to six shots of it. */
function* drawnPhotos({ classes, dimensions, kinds }: SetModel, faces: number): Generator<DrawnPhoto> {
  const random = new Random(0);
  const normals = (count: number, deviation: number) => Float32Array.from({ length: count }, () => random.normal(0, deviation));
  const axes = variances.map((variance) => normals(dimensions, Math.sqrt(variance / dimensions)));
  const spread = (share: number): Float32Array => {
    const out = new Float32Array(dimensions);
    for (const axis of axes) {
      const along = random.normal(0, Math.sqrt(share));
      for (let d = 0; d < dimensions; d++) out[d] = (out[d] as number) + along * (axis[d] as number);
    }
    return out;
  };
  const persons = Array.from({ length: Math.max(3, Math.round(faces / facesEach)) }, () => ({
    looks: spread(ofPerson),
    clothes: normals(appearances, 0.12),
  }));
  const meanOf = (className: string): Float64Array => {
    const own = [...kinds.parents.keys()].filter((s) => kinds.parents[s] === classes.indexOf(className));
    const s = own[random.integer(own.length)] as number;
    return kinds.gaussians.means.subarray(s * dimensions, (s + 1) * dimensions);
  };
  const drawClass = (): string => {
    let left = random.uniform();
    for (const name of classes) {
      left -= common[name] ?? 0.05 / Math.max(1, classes.length - Object.keys(common).length);
      if (left < 0) return name;
    }
    return classes[0] as string;
  };
  let [made, photos] = [0, 0];
  let time = Date.UTC(2015, 0, 1);
  while (made < faces) {
    time += Math.round(-Math.log(1 - random.uniform()) * 3 * 3600 * 1000);
    const look = drawClass();
    const folder = random.uniform() < wronglyLabelled ? (classes[random.integer(classes.length)] as string) : look;
    const count = 1 + Math.floor(random.uniform() ** 3 * 4);
    const there = Array.from({ length: count }, (_, place) => {
      // Some persons are in many photos, most in few.
      const person = persons[Math.floor(random.uniform() ** 2 * persons.length)] as (typeof persons)[number];
      const mean = meanOf(place === 0 || random.uniform() < 0.6 ? look : drawClass());
      const moment = spread(ofMoment);
      const dress = normals(appearances, 0.04);
      return {
        looks: Float32Array.from(mean, (value, d) => value + (person.looks[d] as number) + (moment[d] as number)),
        dress: dress.map((value, i) => Math.min(1, Math.max(0, 0.5 + value + (person.clothes[i] as number)))),
        x: 100 + 350 * place,
        y: 200 + random.integer(300),
        side: (place === 0 ? 180 : 80) + random.integer(90),
      };
    });
    // Flat pictures (sky, walls) have hashes that are alike in part.
    const flat = random.uniform() < 0.05;
    const scene = Buffer.from(Uint8Array.from({ length: 8 }, (_, i) => (flat && i < 4 ? 0 : random.integer(256))));
    for (let shot = 1 + Math.floor(random.uniform() ** 4 * 6); shot > 0 && made < faces; shot--) {
      const perceptual = Buffer.from(scene);
      for (let flips = random.integer(5); flips > 0; flips--) {
        const bit = random.integer(64);
        perceptual[bit >> 3] = (perceptual[bit >> 3] as number) ^ (1 << (bit & 7));
      }
      const own = there.slice(0, faces - made).map((one): DrawnFace => {
        const shaken = spread(ofShot);
        return {
          x: one.x + random.integer(20),
          y: one.y,
          side: one.side,
          sharpness: random.uniform(0.2, 1),
          yaw: random.normal(0, 15),
          eyesOpen: random.uniform() < 0.1 ? 0.1 : random.uniform(0.6, 1),
          appearance: one.dress.map((value) => Math.min(1, Math.max(0, value + random.normal(0, 0.02)))),
          embedding: one.looks.map((value, d) => value + (shaken[d] as number)),
        };
      });
      made += own.length;
      const path = `${folder}/${String(Math.floor(photos / 500)).padStart(4, "0")}/${String(photos).padStart(6, "0")}.jpg`;
      photos++;
      yield { path, taken: time, perceptual, faces: own };
      time += 1000 + random.integer(4000);
    }
  }
}

const bytes = (values: Float32Array) => Buffer.from(values.buffer, values.byteOffset, values.byteLength);
