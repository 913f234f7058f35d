/**
 * Which faces are found, by size, framing and angle: square crops of portraits in which the face fills more and more of the picture, at several
 * resolutions, the faces of group photos that were boxed by hand, and turned portraits (turned-faces.ts). All as the photo commands look
 * by default.
 *
 *   npm run experiment -- found-faces --photos DIR [--every 1] [--sizes 96,160] [--framings 1,1.4]     more than an hour on one core
 *   npm run experiment -- found-faces --table
 *
 * DIR has the folders `portraits-cc0` and `groups`. A portrait's box (fixtures/portrait-boxes.csv) is what the detector of before said of
 * the whole portrait, each looked at; two portraits in which a hat hides the face are left out. A crop's side is the longer side of the
 * box divided by the framing: past 1 the face is cut by the edge. A crop counts as found where a box overlaps what it shows of the face
 * by half, and as clean where that is the only box. The name is right where the crop's is that of the whole portrait.
 */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Embeddings } from "@semblant/core";
import { type Box, intersectionOverUnion, type ReadFace } from "@semblant/faces";
import { openNodeReader, readPhoto } from "@semblant/photos";
import sharp from "sharp";
import { commit } from "../bench/commit.ts";
import { parseOptions, refuse } from "../bench/options.ts";
import { machine } from "../bench/result.ts";
import { scorePhotos } from "../test/detection.ts";
import { markdownTable } from "./markdown.ts";
import { measureTurned, turnedFacesTable } from "./turned-faces.ts";

const file = resolve(import.meta.dirname, "results/found-faces.json");
const boxes = resolve(import.meta.dirname, "../packages/photos/src/pictures/fixtures/portrait-boxes.csv");

/** Sizes of faces in group photos: from so many pixels on, up to the next. */
const sideBounds = [10, 16, 24, 40, 80];
/** Two boxes are of one face from this overlap on. */
const sameFace = 0.5;

interface Crops {
  readonly framing: number;
  readonly size: number;
  readonly crops: number;
  readonly found: number;
  /** Found, and nothing else taken for a face. */
  readonly clean: number;
  /** Found and named as in the whole portrait. */
  readonly named: number;
}

interface Groups {
  readonly from: number;
  readonly to: number | null;
  readonly faces: number;
  readonly found: number;
}

interface Result {
  readonly portraits: number;
  readonly crops: readonly Crops[];
  readonly groups: { readonly sizes: readonly Groups[]; readonly falseAlarms: number };
}

/** A row for each framing, a column for each resolution: found, in percent. */
export function framingsTable(): string {
  const { crops } = JSON.parse(readFileSync(file, "utf8")) as Result;
  const sizes = [...new Set(crops.map(({ size }) => size))];
  const rows = [...new Set(crops.map(({ framing }) => framing))].map((framing) => {
    const own = crops.filter((one) => one.framing === framing);
    const total = own.reduce((sum, one) => sum + one.crops, 0);
    const share = (of: "clean" | "named") => `${((100 * own.reduce((sum, one) => sum + one[of], 0)) / total).toFixed(1)} %`;
    const found = sizes.map((size) => {
      const one = own.find((crop) => crop.size === size);
      return one === undefined ? "" : `${one.found} of ${one.crops}`;
    });
    return [String(framing), ...found, share("clean"), share("named")];
  });
  return markdownTable(["face by picture", ...sizes.map((size) => `${size} px`), "and nothing else", "named as in the portrait"], rows);
}

/** The faces of the group photos by their size. */
export function groupFacesTable(): string {
  const { sizes } = (JSON.parse(readFileSync(file, "utf8")) as Result).groups;
  const head = sizes.map(({ from, to }) => (to === null ? `${from} and more` : `${from}–${to}`));
  return markdownTable(["pixels", ...head], [["found", ...sizes.map(({ found, faces }) => `${found} of ${faces}`)]]);
}

if (import.meta.main) await main();

async function main(): Promise<void> {
  const { values } = parseOptions({
    options: {
      photos: { type: "string" },
      every: { type: "string", default: "1" },
      sizes: { type: "string", default: "96,160,224,350,1000,3000" },
      framings: { type: "string", default: "0.6,0.8,1,1.2,1.4" },
      table: { type: "boolean" },
    },
  });
  const tables = () => console.log(`${framingsTable()}\n\n${groupFacesTable()}\n\n${turnedFacesTable()}`);
  if (values.table === true) return tables();
  const { photos } = values;
  if (photos === undefined) return refuse("expected the folder of photos with --photos.");
  const began = performance.now();
  const numbers = (text: string) => text.split(",").map(Number);
  const reader = await openNodeReader();
  const portraits = readBoxes().filter((_, i) => i % Number(values.every) === 0);
  const nameOf = ({ embedding }: ReadFace) => reader.model.classify(new Embeddings(embedding, embedding.length))[0]?.predicted;
  const nearest = (faces: readonly ReadFace[], box: Box, side: number) =>
    faces.find((face) => intersectionOverUnion(within(face.box, side), within(box, side)) >= sameFace);

  const counts = new Map<string, { -readonly [Name in keyof Crops]: Crops[Name] }>();
  for (const { file: name, box } of portraits) {
    const path = join(photos, "portraits-cc0", name);
    const whole = await readPhoto(path);
    const side = whole.width;
    const face = { x: box.x * side, y: box.y * side, width: box.width * side, height: box.height * side };
    const known = nearest(await reader.read(whole), face, side);
    for (const framing of numbers(values.framings)) {
      for (const size of numbers(values.sizes)) {
        const crop = await cropOf(path, side, face, { framing, size });
        if (crop === undefined) continue;
        const photo = await readPhoto(crop.png); // the largest are read with fewer pixels than they have
        const faces = await reader.read(photo);
        const found = nearest(faces, scaledBy(crop.box, photo.width / size), photo.width);
        const key = `${framing} ${size}`;
        const count = counts.get(key) ?? { framing, size, crops: 0, found: 0, clean: 0, named: 0 };
        counts.set(key, count);
        count.crops++;
        if (found === undefined) continue;
        count.found++;
        if (faces.length === 1) count.clean++;
        if (known !== undefined && nameOf(found) === nameOf(known)) count.named++;
      }
    }
    console.log(`${name}: ${Math.round((performance.now() - began) / 1000)} s`);
  }
  const scored = await scorePhotos("scored", (photo) => reader.read(photo));
  await reader.close();
  const sides = scored.flatMap(({ faces }) => faces);
  const sizes = sideBounds.map((from, i) => {
    const to = sideBounds[i + 1] ?? null;
    const own = sides.filter(({ side }) => side >= from && side < (to ?? Infinity));
    return { from, to, faces: own.length, found: own.filter(({ found }) => found).length };
  });
  const result = {
    experiment: "found-faces",
    portraits: portraits.length,
    crops: [...counts.values()].sort((a, b) => a.framing - b.framing || a.size - b.size),
    groups: { sizes, falseAlarms: scored.flatMap(({ falseAlarms }) => falseAlarms).length },
    machine: machine(),
    commit: commit(),
    seconds: Math.round((performance.now() - began) / 1000),
  };
  mkdirSync(resolve(import.meta.dirname, "results"), { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  await measureTurned(join(photos, "portraits-cc0"), Number(values.every));
  tables();
}

/** A square crop of a portrait about its face, and where the face is in it; undefined where the portrait is smaller. */
async function cropOf(path: string, whole: number, face: Box, { framing, size }: { readonly framing: number; readonly size: number }) {
  const side = Math.round(Math.max(face.width, face.height) / framing);
  if (side > whole) return undefined;
  const start = (from: number, length: number) => Math.round(Math.max(0, Math.min(whole - side, from + (length - side) / 2)));
  const [left, top] = [start(face.x, face.width), start(face.y, face.height)];
  const png = await sharp(path)
    .extract({ left, top, width: side, height: side })
    .resize(size, size, { kernel: "lanczos3" })
    .png()
    .toBuffer();
  const scale = size / side;
  const box = { x: (face.x - left) * scale, y: (face.y - top) * scale, width: face.width * scale, height: face.height * scale };
  return { png, box };
}

function scaledBy({ x, y, width, height }: Box, scale: number): Box {
  return { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
}

/** The part of a box that a square picture shows. */
function within({ x, y, width, height }: Box, side: number): Box {
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  return { x: left, y: top, width: Math.max(0, Math.min(side, x + width) - left), height: Math.max(0, Math.min(side, y + height) - top) };
}

/** Each portrait's file and its box, in parts of the picture. */
function readBoxes(): { readonly file: string; readonly box: Box }[] {
  const [, ...lines] = readFileSync(boxes, "utf8").trim().split("\n");
  return lines.map((line) => {
    const [name = "", x = 0, y = 0, width = 0, height = 0] = line.split(",").map((cell, i) => (i === 0 ? cell : Number(cell))) as [
      string,
      ...number[],
    ];
    return { file: name, box: { x, y, width, height } };
  });
}
