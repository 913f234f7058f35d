import { show } from "@semblant/core/internals";
import type { ImageStore, LabeledImages } from "@semblant/datasets";
import { type Tensor, tensor } from "@semblant/torch";
import { alreadyLooked, refuseCounts } from "../losses/distributions.ts";

/** The images of some rows, (batch, channels, height, width) in uint8: four times smaller to move than floats. */
export function imageBatch(images: ImageStore, rows: ArrayLike<number>, device: string): Tensor {
  const { width, height, channels } = images;
  const pixels = new Uint8Array(rows.length * height * width * channels);
  images.gather(rows, pixels);
  return tensor(pixels, { shape: [rows.length, height, width, channels], device }).permute([0, 3, 1, 2]);
}

/**
 * P(w | x) of some rows, (batch, classes): the raters' votes, or 1 for the class and 0 for the others.
 *
 * @throws DataError if votes are no distributions, by the image's id
 */
export function knownBatch(
  { labels, votes, classes, ids }: LabeledImages,
  rows: ArrayLike<number>,
  targets: "labels" | "votes",
  device: string,
): Tensor {
  const C = classes.length;
  const known = new Float32Array(rows.length * C);
  for (let k = 0; k < rows.length; k++) {
    const i = rows[k] as number;
    if (targets === "votes" && votes !== undefined) known.set(votes.subarray(i * C, (i + 1) * C), k * C);
    else known[k * C + (labels[i] as number)] = 1;
  }
  if (targets === "votes" && votes !== undefined)
    refuseCounts("train", known, C, { name: (k) => `that of ${show(ids[rows[k] as number])}` });
  return alreadyLooked(tensor(known, { shape: [rows.length, C], device }));
}
