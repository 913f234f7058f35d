import { createHash, type Hash } from "node:crypto";
import { DataError } from "@semblant/core";
import { bytesPerImage, type Dataset, type LabeledImages } from "@semblant/datasets";

/** What training data are, not how many: two sets of the same digest train to the same weights. */
export interface DataDigest {
  /** SHA-256 of every pixel of the training and validation images, in their order. */
  readonly pixels: string;
  /** SHA-256 of their classes, labels and votes. */
  readonly labels: string;
}

const BATCH = 256;

/**
 * The digest of what a training sees: pixels, labels and votes of the training and validation images, and the classes' names. Where the
 * images lie, and what they are called, is not in it. Reads 256 images at a time.
 *
 * @example
 * const data = generateFaces({ count: 40, size: 16 });
 * digestOfData(data).labels === digestOfData({ ...data }).labels; // true
 */
export function digestOfData({ train, validation }: Pick<Dataset, "train" | "validation">): DataDigest {
  const [pixels, labels] = [createHash("sha256"), createHash("sha256")];
  for (const split of [train, validation]) {
    addPixels(pixels, split);
    labels.update(JSON.stringify([split.classes, split.labels.length, split.votes !== undefined]));
    labels.update(bytesOf(split.labels));
    if (split.votes !== undefined) labels.update(bytesOf(split.votes));
  }
  return { pixels: pixels.digest("hex"), labels: labels.digest("hex") };
}

function addPixels(sum: Hash, { images }: LabeledImages): void {
  const { count, width, height, channels } = images;
  sum.update(JSON.stringify([count, width, height, channels]));
  const bytes = bytesPerImage(images);
  const pixels = new Uint8Array(Math.min(BATCH, count) * bytes);
  for (let start = 0; start < count; start += BATCH) {
    const rows = Int32Array.from({ length: Math.min(BATCH, count - start) }, (_, k) => start + k);
    images.gather(rows, pixels);
    sum.update(pixels.subarray(0, rows.length * bytes));
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Int32Array | Float32Array) => new Uint8Array(buffer, byteOffset, byteLength);

/**
 * Refuses data that are others than those a training began with.
 *
 * @param where whose they are: `run at runs/1`
 * @param began absent where an earlier version did not keep it: then nothing is refused
 * @throws DataError that says whether pixels or labels are others
 */
export function refuseOtherData(where: string, began: DataDigest | undefined, now: () => DataDigest): void {
  if (began === undefined) return;
  const { pixels, labels } = now();
  if (began.pixels === pixels && began.labels === labels) return;
  const what = [...(began.pixels === pixels ? [] : ["pixels"]), ...(began.labels === labels ? [] : ["labels"])].join(" and ");
  throw new DataError(
    `${where}: expected the data it began with, but other ${what} are there now.\n  Put the data back ` +
      `as they were, or train anew with --out.`,
  );
}
