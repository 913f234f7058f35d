import { pictureKernels } from "@semblant/core/internals";
import type { Picture } from "../picture.ts";
import { resizeByKernel } from "./resize-by-kernel.ts";
import { resizePlainly } from "./resize-plainly.ts";

/** Pixels of the two pictures from which on a kernel gains more than it costs to lay its tasks out. */
const worthKernels = 4_000;

/**
 * The picture in another size, (height, width, 3): where it gets smaller, each pixel is the mean of the area that it covers; where it gets
 * larger, it lies between the nearest pixels in proportion.
 *
 * The same pixels in Node and in a page: sums of whole numbers, and nothing of the platform takes part.
 *
 * @param size whole pixels above 0
 *
 * @example
 * const picture = { width: 2, height: 1, data: Uint8Array.of(0, 0, 0, 100, 100, 100) };
 * resizePicture(picture, { width: 1, height: 1 }).data; // Uint8Array [50, 50, 50]
 */
export function resizePicture(picture: Picture, size: { readonly width: number; readonly height: number }): Picture {
  if (size.width === picture.width && size.height === picture.height) return picture;
  const pixels = picture.width * picture.height + size.width * size.height;
  const kernels = pixels < worthKernels ? undefined : pictureKernels();
  return kernels === undefined ? resizePlainly(picture, size) : resizeByKernel(kernels, picture, size);
}
