import { Random } from "@semblant/core";
import { conv2d, type Tensor, tensor } from "@semblant/torch";
import { changeSome, type PixelStep } from "./pixel-step.ts";

/**
 * Grain and a soft lens: normal noise on the luminance, then a Gaussian blur of 3, 5 or 7 pixels, within 0 to 1.
 *
 * Two parameters: the blur's pixels (0 leaves the image as it is) and the seed of its noise. The blur's deviation is
 * 0.3 · ((pixels − 1) / 2 − 1) + 0.8, and pixels beyond the border are its mirror image, as OpenCV has it.
 *
 * @param options share of the images that are changed, and the noise's deviation (white is 1)
 */
export function noiseAndBlur({ share, noise }: { readonly share: number; readonly noise: number }): PixelStep {
  return {
    name: "noiseAndBlur",
    draw(random) {
      const [chosen, pixels, seed] = [random.uniform() < share, 3 + 2 * random.integer(3), random.integer(4294967296)];
      return [chosen ? pixels : 0, seed];
    },
    apply: (images, parameters) =>
      changeSome(images, parameters, (some, rows) => {
        const [, , height, width] = some.shape as [number, number, number, number];
        const seeds = rows.map(([, seed]) => seed as number);
        const grain = tensor(normalNoise(seeds, height * width, noise), { shape: [rows.length, 1, height, width], device: some.device });
        return blur(
          some.add(grain).clamp(0, 1),
          rows.map(([pixels]) => pixels as number),
        );
      }),
  };
}

/** For each seed its own normal numbers, by Box and Muller, two at a time. */
function normalNoise(seeds: readonly number[], count: number, deviation: number): Float32Array {
  const values = new Float32Array(seeds.length * count);
  seeds.forEach((seed, row) => {
    const random = new Random(seed);
    const last = (row + 1) * count;
    for (let i = row * count; i < last; i += 2) {
      const radius = deviation * Math.sqrt(-2 * Math.log(1 - random.uniform()));
      const angle = 2 * Math.PI * random.uniform();
      values[i] = radius * Math.cos(angle);
      if (i + 1 < last) values[i + 1] = radius * Math.sin(angle);
    }
  });
  return values;
}

const widest = 7;

/** Each image blurred by its own number of pixels: across, then down. */
function blur(images: Tensor, pixels: readonly number[]): Tensor {
  const [rows, channels, height, width] = images.shape as [number, number, number, number];
  const groups = rows * channels;
  const weights = Float32Array.from(pixels.flatMap((count) => Array.from({ length: channels }, () => kernel(count)).flat()));
  const across = tensor(weights, { shape: [groups, 1, 1, widest], device: images.device });
  const down = across.reshape([groups, 1, widest, 1]);
  const padded = mirrorBorder(mirrorBorder(images, 2), 3).reshape([1, groups, height + widest - 1, width + widest - 1]);
  return conv2d(conv2d(padded, across, { groups }), down, { groups }).reshape(images.shape);
}

/** The seven weights of a Gaussian of that many pixels; those beyond it are 0. */
function kernel(pixels: number): number[] {
  const radius = (pixels - 1) / 2;
  const sigma = 0.3 * (radius - 1) + 0.8;
  const at = Array.from({ length: widest }, (_, i) => i - (widest - 1) / 2);
  const weights = at.map((x) => (Math.abs(x) <= radius ? Math.exp(-(x ** 2) / (2 * sigma ** 2)) : 0));
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / sum);
}

/** Three more pixels at either end of a dimension, mirrored about the last one. */
function mirrorBorder(images: Tensor, dimension: number): Tensor {
  const size = images.shape[dimension] as number;
  const radius = (widest - 1) / 2;
  const from = Int32Array.from({ length: size + 2 * radius }, (_, i) => mirrored(i - radius, size));
  return images.indexSelect(dimension, tensor(from, { dtype: "int64", device: images.device }));
}

/** Position i of a line of that size which goes on mirrored at its ends, without repeating them. */
export function mirrored(i: number, size: number): number {
  if (size === 1) return 0;
  const period = 2 * (size - 1);
  const place = ((i % period) + period) % period;
  return place < size ? place : period - place;
}
