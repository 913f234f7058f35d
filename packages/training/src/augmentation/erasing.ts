import { arange, type Tensor, where } from "@semblant/torch";
import { column, type PixelStep, perImage, pixelStep } from "./pixel-step.ts";

export interface ErasingOptions {
  /** Share of the images that lose a patch, 0 to 1. */
  readonly share: number;
  /** Area of the patch as a share of the image, from and to. */
  readonly area: readonly [number, number];
}

/**
 * One patch of one grey over the image, wider or taller up to 3 to 1 (Zhong et al. 2020), so that no one feature of a
 * face decides alone. Five parameters: left, top, right and bottom edge in pixels, and the grey; an empty patch
 * leaves the image as it is.
 */
export function erasing({ share, area }: ErasingOptions): PixelStep {
  return pixelStep({
    name: "erasing",
    draw(random, { width, height }) {
      if (random.uniform() >= share) return [0, 0, 0, 0, 0];
      const pixels = random.uniform(...area) * width * height;
      const aspect = Math.exp(random.uniform(-Math.log(3), Math.log(3)));
      const patchWidth = Math.min(width, Math.round(Math.sqrt(pixels * aspect)));
      const patchHeight = Math.min(height, Math.round(Math.sqrt(pixels / aspect)));
      const left = random.integer(width - patchWidth + 1);
      const top = random.integer(height - patchHeight + 1);
      return [left, top, left + patchWidth, top + patchHeight, random.uniform()];
    },
    numbers: (parameters) => [0, 1, 2, 3, 4].map((k) => column(parameters, k)),
    change(images, _, numbers) {
      const [height, width] = images.shape.slice(2) as [number, number];
      const edge = (k: number) => perImage(numbers[k]);
      const inside = (places: Tensor, from: Tensor, to: Tensor) => places.ge(from).logicalAnd(places.lt(to));
      const across = inside(arange(width, { dtype: "float32", device: images.device }).reshape([1, 1, 1, width]), edge(0), edge(2));
      const down = inside(arange(height, { dtype: "float32", device: images.device }).reshape([1, 1, height, 1]), edge(1), edge(3));
      return where(across.logicalAnd(down), edge(4), images);
    },
  });
}
