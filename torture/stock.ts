import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateFaces } from "@semblant/datasets";
import sharp from "sharp";
import { tiff } from "../packages/photos/src/pictures/fixtures/tiff.ts";
import { writePhoto } from "../test/generated-photos.ts";
import { mustRun } from "./command.ts";

/** What the checks start from, all of it drawn: made once, copied before it is damaged. */
export interface Stock {
  /** One photo in each format: `photo.jpg`, `photo.png` ... */
  readonly formats: string;
  /** A dozen photos of two faces each, without a library. */
  readonly photos: string;
  /** The same, indexed, with a correction and a taught class. */
  readonly indexed: string;
  /** A tiny training that was left alone. */
  readonly run: string;
  /** FER+'s two tables with a few drawn faces. */
  readonly ferPlus: string;
  /** A table of labels beside its images. */
  readonly table: string;
  /** `faces.npy`, `faces.parquet`, `faces.tsv`, `soft.csv`. */
  readonly arrays: string;
}

/** How the tiny training is made; the output's folder comes after it. */
export const tinyTraining = [
  "train",
  "--data",
  "generated",
  "--base-channels",
  "8",
  "--per-class",
  "2",
  "-t",
  "1",
  "-q",
  "data.count=160",
  "steps=24",
  "checkpoint.seconds=0.2",
];

export function stockIn(folder: string): Stock {
  const names = ["formats", "photos", "indexed", "run", "ferPlus", "table", "arrays"] as const;
  return Object.fromEntries(names.map((name) => [name, join(folder, name)])) as unknown as Stock;
}

/** What has been made, by folder. */
const made = new Map<string, Set<keyof Stock>>();

/** Makes the parts that are asked for and not there yet. */
export async function makeStock(folder: string, parts: readonly (keyof Stock)[]): Promise<Stock> {
  const stock = stockIn(folder);
  const wanted = new Set(parts);
  mkdirSync(folder, { recursive: true });
  if (wanted.has("arrays")) wanted.add("run");
  if (wanted.has("indexed")) wanted.add("photos");
  const there = made.get(folder) ?? new Set();
  for (const part of there) wanted.delete(part);
  if (wanted.has("formats")) await drawFormats(stock.formats);
  if (wanted.has("photos")) for (let i = 0; i < 12; i++) await writePhoto(join(stock.photos, `${i}.jpg`), [i, i + 20], { side: 96 });
  if (wanted.has("indexed")) await makeIndexed(stock, folder);
  if (wanted.has("run")) await mustRun([...tinyTraining, "--out", stock.run], { cwd: folder, seconds: 300 });
  if (wanted.has("ferPlus")) writeFerPlus(stock.ferPlus);
  if (wanted.has("table")) await writeTable(stock.table);
  if (wanted.has("arrays")) {
    mkdirSync(stock.arrays, { recursive: true });
    for (const name of ["faces.npy", "faces.parquet", "faces.tsv"])
      await mustRun(["embed", stock.run, "--out", join(stock.arrays, name), "-t", "1", "-q"], { cwd: folder, seconds: 120 });
    await mustRun(["soft-labels", stock.run, "--csv", join(stock.arrays, "soft.csv"), "-t", "1", "-q"], { cwd: folder, seconds: 120 });
  }
  made.set(folder, new Set([...there, ...wanted]));
  return stock;
}

async function drawFormats(folder: string): Promise<void> {
  for (const ending of ["jpg", "png", "webp", "tiff", "avif", "gif"]) {
    await writePhoto(join(folder, `photo.${ending}`), [3], { side: 64, taken: "2024:05:04 12:00:00" });
  }
  const [small, grey] = [sharp(join(folder, "photo.png")), sharp(join(folder, "photo.png")).greyscale()];
  await small.clone().jpeg({ progressive: true }).toFile(join(folder, "progressive.jpg"));
  await small.clone().png({ palette: true, progressive: true }).toFile(join(folder, "palette.png"));
  await small.clone().tiff({ compression: "lzw", tile: true }).toFile(join(folder, "tiled.tiff"));
  await grey.toColourspace("grey16").png().toFile(join(folder, "deep.png"));
  cpSync(join(import.meta.dirname, "../packages/photos/src/pictures/fixtures/quarters.heic"), join(folder, "photo.heic"));
  writeFileSync(join(folder, "photo.bmp"), bitmap(await small.clone().removeAlpha().toColourspace("srgb").raw().toBuffer(), 64));
  const preview = { width: 40, height: 40, color: [90, 60, 30] as const, tags: { 254: 1 } };
  const sensor = { width: 200, height: 100, data: new Uint8Array(64), tags: { 262: 32803, 277: 1 } };
  const jpeg = { width: 64, height: 64, data: await small.clone().jpeg().toBuffer(), tags: { 254: 1, 259: 6 } };
  writeFileSync(join(folder, "several.tiff"), tiff([preview, { width: 120, height: 90, color: [30, 60, 90] }]));
  writeFileSync(join(folder, "raw.dng"), tiff([{ ...preview, inner: [sensor, jpeg] }], { little: false }));
}

/** A square bitmap of red, green and blue, its rows from the top down: their length divides by four. */
function bitmap(pixels: Buffer, side: number): Buffer {
  const head = Buffer.alloc(54);
  head.write("BM", "latin1");
  head.writeUInt32LE(54, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(side, 18);
  head.writeInt32LE(-side, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(24, 28);
  return Buffer.concat([head, pixels]);
}

async function makeIndexed({ photos, indexed }: Stock, folder: string): Promise<void> {
  cpSync(photos, indexed, { recursive: true, preserveTimestamps: true });
  const options = { cwd: folder, seconds: 300 };
  await mustRun(["index", indexed, "-q", "-w", "1"], options);
  await mustRun(["teach", "smirk", join(indexed, "1.jpg"), join(indexed, "2.jpg"), "--in", indexed, "--anyway", "-q"], options);
  await mustRun(["library", "correct", indexed, "--label", "1=happiness", "-q"], options);
}

function writeFerPlus(folder: string): void {
  const { train, test, validation } = generateFaces({ count: 48, size: 48 });
  const fer2013 = ["emotion,pixels,Usage"];
  const votes = ["Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF"];
  for (const [usage, part] of [
    ["Training", train],
    ["PublicTest", validation],
    ["PrivateTest", test],
  ] as const) {
    for (let i = 0; i < part.images.count; i++) {
      const pixels = new Uint8Array(48 * 48);
      part.images.gather([i], pixels);
      fer2013.push(`${i % 7},${pixels.join(" ")},${usage}`);
      const counts = Array.from({ length: 10 }, (_, c) => (c === part.labels[i] ? 9 : c === 8 ? 1 : 0));
      votes.push(`${usage},fer${String(fer2013.length - 2).padStart(7, "0")}.png,${counts.join(",")}`);
    }
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "fer2013.csv"), `${fer2013.join("\n")}\n`);
  writeFileSync(join(folder, "fer2013new.csv"), `${votes.join("\n")}\n`);
}

async function writeTable(folder: string): Promise<void> {
  const { train } = generateFaces({ count: 48, size: 48 });
  mkdirSync(join(folder, "images"), { recursive: true });
  const lines = ["path,label"];
  for (let i = 0; i < 16; i++) {
    const pixels = new Uint8Array(48 * 48);
    train.images.gather([i], pixels);
    await sharp(pixels, { raw: { width: 48, height: 48, channels: 1 } })
      .toColourspace("b-w")
      .png()
      .toFile(join(folder, `images/${i}.png`));
    lines.push(`images/${i}.png,${train.classes[train.labels[i] as number]}`);
  }
  writeFileSync(join(folder, "labels.csv"), `${lines.join("\n")}\n`);
}
