import type { Random } from "@semblant/core";
import { type Tensor, tensor } from "@semblant/torch";
import { upload } from "./upload.ts";

/** The parameters of a batch, one row an image. */
export type Parameters = readonly (readonly number[])[];

/**
 * One change of pixel values, for every image of a batch its own. Drawing is apart from applying, so that what
 * is drawn does not depend on the device, and a batch of n is n batches of 1 with the same parameters.
 */
export interface PixelStep {
  readonly name: string;
  /** The parameters of one image; the same number of them each time. */
  draw(random: Random, image: ImageShape): readonly number[];
  /** What {@link apply} needs where the images lie: lists of numbers, to be moved there together with those of other steps. */
  numbers(parameters: Parameters, image: ImageShape): readonly Float32Array[];
  /**
   * The images changed.
   *
   * @param images (batch, channels, height, width), floating, from 0 to 1
   * @param parameters one row an image
   * @param numbers those of {@link numbers} on the images' device; without them they are moved there
   */
  apply(images: Tensor, parameters: Parameters, numbers?: readonly Tensor[]): Tensor;
}

export interface ImageShape {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** A {@link PixelStep} of its parts. */
export function pixelStep({
  change,
  ...parts
}: Omit<PixelStep, "apply"> & {
  readonly change: (images: Tensor, parameters: Parameters, numbers: readonly Tensor[]) => Tensor;
}): PixelStep {
  return {
    ...parts,
    apply(images, parameters, numbers) {
      const [, channels, height, width] = images.shape as [number, number, number, number];
      return change(images, parameters, numbers ?? upload(parts.numbers(parameters, { channels, height, width }), images.device));
    },
  };
}

/** Parameter `k` of each image, as a list to move. */
export const column = (parameters: Parameters, k: number): Float32Array => Float32Array.from(parameters, (row) => row[k] as number);

/** One number an image, moved, as (batch, 1, 1, 1). */
export const perImage = (numbers: Tensor | undefined): Tensor => (numbers as Tensor).reshape([-1, 1, 1, 1]);

/** Whole numbers, moved, as indices. */
export const indices = (numbers: Tensor | undefined): Tensor => (numbers as Tensor).to("int64");

/** The images that a step changes: those whose first parameter is not 0. */
export function chosen(parameters: Parameters): { readonly rows: Float32Array; readonly parameters: Parameters } {
  const rows = Float32Array.from([...parameters.keys()].filter((i) => parameters[i]?.[0] !== 0));
  return { rows, parameters: Array.from(rows, (i) => parameters[i] as readonly number[]) };
}

/**
 * Changes the {@link chosen} images and leaves the others: `change` sees no more than those.
 *
 * @param rows which they are, moved
 */
export function changeSome(images: Tensor, rows: Tensor | undefined, change: (some: Tensor) => Tensor): Tensor {
  const count = rows?.shape[0] ?? 0;
  if (count === 0) return images;
  if (count === images.shape[0]) return change(images);
  const index = indices(rows);
  const some = images.indexSelect(0, index);
  return images.indexAdd(0, index, change(some).sub(some));
}

/** Brightness of each pixel, (batch, 1, height, width): the grey itself, or of colours what the eye makes of them. */
export function luminance(images: Tensor): Tensor {
  if (images.shape[1] === 1) return images;
  const weights = tensor([0.299, 0.587, 0.114], { shape: [1, 3, 1, 1], device: images.device });
  return images.mul(weights).sum(1, true);
}
