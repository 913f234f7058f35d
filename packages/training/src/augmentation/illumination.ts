import { arange } from "@semblant/torch";
import { column, type PixelStep, perImage, pixelStep } from "./pixel-step.ts";

export interface IlluminationOptions {
  /** Share of the images that are changed, 0 to 1. */
  readonly share: number;
  /** How much lighter the light side is at most, and how much darker the dark one: 0 to 1. */
  readonly slope: number;
}

/**
 * Light from one side: pixels × a plane that is 1 in the middle and rises to one border. Two parameters: how much it rises from
 * the middle to the right and to the lower border.
 */
export function illumination({ share, slope }: IlluminationOptions): PixelStep {
  return pixelStep({
    name: "illumination",
    draw(random) {
      const [drawn, strength, angle] = [random.uniform() < share, random.uniform(0, slope), random.uniform(0, 2 * Math.PI)];
      return drawn ? [strength * Math.cos(angle), strength * Math.sin(angle)] : [0, 0];
    },
    numbers: (parameters) => [column(parameters, 0), column(parameters, 1)],
    change(images, _, [right, below]) {
      const [height, width] = images.shape.slice(2) as [number, number];
      const line = (size: number) =>
        arange(size, { dtype: "float32", device: images.device })
          .add(0.5)
          .mul(2 / size)
          .sub(1);
      const across = line(width).reshape([1, 1, 1, width]).mul(perImage(right));
      const down = line(height).reshape([1, 1, height, 1]).mul(perImage(below));
      return images.mul(across.add(down).add(1)).clamp(0, 1);
    },
  });
}
