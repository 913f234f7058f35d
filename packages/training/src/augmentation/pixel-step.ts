import type { Random } from "@semblant/core";
import { type Tensor, tensor } from "@semblant/torch";

/**
 * One change of pixel values, for every image of a batch its own. Drawing is apart from applying, so that what
 * is drawn does not depend on the device, and a batch of n is n batches of 1 with the same parameters.
 */
export interface PixelStep {
  readonly name: string;
  /** The parameters of one image; the same number of them each time. */
  draw(random: Random, image: ImageShape): readonly number[];
  /**
   * The images changed.
   *
   * @param images (batch, channels, height, width), floating, from 0 to 1
   * @param parameters one row an image
   */
  apply(images: Tensor, parameters: readonly (readonly number[])[]): Tensor;
}

export interface ImageShape {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** Parameter `k` of each image, as (batch, 1, 1, 1). */
export function column(parameters: readonly (readonly number[])[], k: number, like: Tensor): Tensor {
  const values = Float32Array.from(parameters, (row) => row[k] as number);
  return tensor(values, { shape: [values.length, 1, 1, 1], device: like.device });
}

/**
 * Changes some images and leaves the others: `change` sees only the rows whose first parameter is not 0.
 */
export function changeSome(
  images: Tensor,
  parameters: readonly (readonly number[])[],
  change: (some: Tensor, rows: readonly (readonly number[])[]) => Tensor,
): Tensor {
  const chosen = Int32Array.from([...parameters.keys()].filter((i) => parameters[i]?.[0] !== 0));
  if (chosen.length === 0) return images;
  if (chosen.length === parameters.length) return change(images, parameters);
  const rows = tensor(chosen, { dtype: "int64", device: images.device });
  const some = images.indexSelect(0, rows);
  const changed = change(
    some,
    Array.from(chosen, (i) => parameters[i] as readonly number[]),
  );
  return images.indexAdd(0, rows, changed.sub(some));
}

/** Brightness of each pixel, (batch, 1, height, width): the grey itself, or of colours what the eye makes of them. */
export function luminance(images: Tensor): Tensor {
  if (images.shape[1] === 1) return images;
  const weights = tensor([0.299, 0.587, 0.114], { shape: [1, 3, 1, 1], device: images.device });
  return images.mul(weights).sum(1, true);
}
