import { pictureKernels } from "@semblant/core/internals";
import type { Picture } from "../picture.ts";
import type { Square } from "./square.ts";
import { isWorthKernels, warpByKernel } from "./warp-by-kernel.ts";
import { warpPlainly } from "./warp-plainly.ts";

/**
 * A square of the picture as (size, size, 3), 0 to 255; what lies outside of the picture is black.
 *
 * Where the square has fewer pixels than asked for, each lies between its four neighbours in proportion; where it has more, each is the
 * mean of at least as many samples as it has pixels under it (and at least nine), so that large faces do not shimmer. Only sums and
 * products of the pixels: the same bytes in Node and in a page.
 */
export function warp(picture: Picture, square: Square, size: number): Uint8Array {
  const kernels = isWorthKernels(square, size) ? pictureKernels() : undefined;
  return kernels === undefined ? warpPlainly(picture, square, size) : warpByKernel(kernels, picture, square, size);
}

/** Red, green and blue as one grey each, by ITU-R BT.601: as faces were when the network learned them. */
export function greyOf(colors: Uint8Array | Uint8ClampedArray): Uint8Array {
  const grey = new Uint8Array(colors.length / 3);
  for (let i = 0, at = 0; i < grey.length; i++, at += 3) {
    grey[i] = Math.round(0.299 * (colors[at] as number) + 0.587 * (colors[at + 1] as number) + 0.114 * (colors[at + 2] as number));
  }
  return grey;
}
