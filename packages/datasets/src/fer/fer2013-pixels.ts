import { basename, dirname } from "node:path";
import { DataError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import type { SplitName } from "../dataset/dataset.ts";
import { splitNamed } from "../dataset/split-names.ts";
import { type CacheOption, cachedImages } from "../images/image-cache.ts";
import type { ImageStore } from "../images/image-store.ts";
import type { Fault } from "../survey/fault.ts";
import { forEachLine } from "../text/lines.ts";

/** The rows of fer2013.csv, in its order. A faulty row keeps its place, with black pixels. */
export interface Fer2013Rows {
  readonly images: ImageStore;
  /** FER2013's own label, 0 to 6 (anger, disgust, fear, happiness, sadness, surprise, neutral); −1 in a faulty row. */
  readonly emotions: Int8Array;
  readonly splits: readonly SplitName[];
  readonly faults: readonly Fault[];
}

const side = 48;
const pixels = side * side;
const batch = 256;
const [comma, quote, space, zero] = [44, 34, 32, 48];

/** What is kept beside the pixels in the cache. */
interface Kept {
  /** A digit a row, `-` for a faulty one. */
  emotions: string;
  /** `t`, `v` or `e` a row. */
  splits: string;
  faults: Fault[];
}

const letters: Readonly<Record<SplitName, string>> = { train: "t", validation: "v", test: "e" };
const splitOfLetter: Readonly<Record<string, SplitName>> = { t: "train", v: "validation", e: "test" };

/**
 * The pixels, own labels and splits of fer2013.csv (also icml_face_data.csv, the same in another order of columns). It
 * is read 4 MiB at a time and decoded once; then the packed cache is read. Every faulty row is reported.
 *
 * @param labels how many labels there are, 7; 8 in CK+ tables of the same form, with contempt as the last
 * @throws DataError if the header has no columns emotion, pixels and Usage
 */
export async function readFer2013Pixels(path: string, cache: CacheOption, { labels = 7 }: { labels?: number } = {}): Promise<Fer2013Rows> {
  const packed = await cachedImages({
    root: dirname(path),
    name: basename(path, ".csv"),
    sources: [basename(path)],
    shape: { width: side, height: side, channels: 1 },
    cache,
    decode: (append) => parse(path, labels, append),
  });
  const { emotions, splits, faults } = packed.index as Kept;
  return {
    images: packed.images,
    emotions: Int8Array.from(emotions, (digit) => (digit === "-" ? -1 : Number(digit))),
    splits: Array.from(splits, (letter) => splitOfLetter[letter] as SplitName),
    faults,
  };
}

async function parse(path: string, labels: number, append: (images: Uint8Array) => void): Promise<Kept> {
  const file = basename(path);
  const kept: Kept = { emotions: "", splits: "", faults: [] };
  const images = new Uint8Array(batch * pixels);
  let columns: Columns | undefined;
  let row = 0;
  await forEachLine(`FER2013 at ${path}`, path, (bytes, start, end) => {
    if (columns === undefined) {
      columns = columnsOf(path, bytes.toString("latin1", start, end));
      return;
    }
    const image = images.subarray((row % batch) * pixels, ((row % batch) + 1) * pixels);
    const { emotion, usage, problem } = parseRow(bytes.subarray(start, end), { columns, labels }, image);
    if (problem !== undefined) {
      image.fill(0);
      kept.faults.push({ kind: "bad row", file, row, problem, stops: true });
    }
    kept.emotions += problem === undefined ? emotion : "-";
    kept.splits += letters[splitNamed(usage) ?? "train"];
    row++;
    if (row % batch === 0) append(images);
  });
  if (columns === undefined) throw new DataError(`FER2013 at ${path}: the file is empty.`);
  append(images.subarray(0, (row % batch) * pixels));
  return kept;
}

interface Columns {
  readonly emotion: number;
  readonly pixels: number;
  readonly usage: number;
}

function columnsOf(path: string, header: string): Columns {
  const names = header
    .replace(/^\u00ef\u00bb\u00bf/, "")
    .split(",")
    .map((name) => name.trim().toLowerCase());
  const columns = { emotion: names.indexOf("emotion"), pixels: names.indexOf("pixels"), usage: names.indexOf("usage") };
  if (Math.min(columns.emotion, columns.pixels, columns.usage) >= 0) return columns;
  throw new DataError(`FER2013 at ${path}: expected the columns emotion, pixels and Usage, but got ${show(header.slice(0, 60))}.`);
}

interface Row {
  emotion: string;
  usage: string;
  problem?: string;
}

function parseRow(bytes: Buffer, { columns, labels }: { readonly columns: Columns; readonly labels: number }, image: Uint8Array): Row {
  const row: Row = { emotion: "", usage: "" };
  const end = bytes.length;
  let at = 0;
  for (let column = 0; at <= end; column++) {
    let stop = bytes.indexOf(comma, at);
    if (stop < 0 || stop > end) stop = end;
    if (column === columns.pixels) {
      const problem = parsePixels(bytes, at, stop, image);
      if (problem !== undefined) row.problem = problem;
    } else {
      const field = bytes.toString("latin1", at, stop).trim();
      if (column === columns.emotion) row.emotion = field;
      if (column === columns.usage) row.usage = field;
    }
    at = stop + 1;
  }
  if (row.problem !== undefined) return row;
  if (!/^\d$/.test(row.emotion) || Number(row.emotion) >= labels)
    return { ...row, problem: `expected an emotion from 0 to ${labels - 1}, but got ${show(row.emotion)}.` };
  if (splitNamed(row.usage) !== undefined) return row;
  return { ...row, problem: `expected Usage to be Training, PublicTest or PrivateTest, but got ${show(row.usage)}.` };
}

/** Writes the numbers between two places of a line into `image`; returns what is wrong with them. */
function parsePixels(bytes: Buffer, start: number, end: number, image: Uint8Array): string | undefined {
  let value = -1;
  let count = 0;
  for (let at = start; at <= end; at++) {
    const byte = at < end ? (bytes[at] as number) : space;
    const digit = byte - zero;
    if (digit >= 0 && digit <= 9) {
      value = value < 0 ? digit : value * 10 + digit;
    } else if (byte === space || byte === quote) {
      if (value < 0) continue;
      if (value > 255) return `expected pixels from 0 to 255, but pixel ${count} is ${value}.`;
      if (count < pixels) image[count] = value;
      count++;
      value = -1;
    } else {
      return `expected pixels from 0 to 255, but pixel ${count} has the character ${JSON.stringify(String.fromCharCode(byte))}.`;
    }
  }
  if (count === pixels) return undefined;
  return `expected 2,304 pixels (48 x 48), but got ${count.toLocaleString("en-US")}.`;
}
