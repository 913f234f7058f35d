import { conv2d, type Tensor } from "@semblant/torch";
import { grain } from "./grain.ts";
import { mirrored } from "./mirrored.ts";
import { changeSome, chosen, indices, type PixelStep, pixelStep } from "./pixel-step.ts";

/**
 * Grain and a soft lens: normal noise on the luminance, then a Gaussian blur of 3, 5 or 7 pixels, within 0 to 1.
 *
 * Two parameters: the blur's pixels (0 leaves the image as it is) and the seed of its noise. The blur's deviation is
 * 0.3 · ((pixels − 1) / 2 − 1) + 0.8, and pixels beyond the border are its mirror image, as OpenCV has it.
 *
 * @param options share of the images that are changed, and the noise's deviation (white is 1)
 */
export function noiseAndBlur({ share, noise }: { readonly share: number; readonly noise: number }): PixelStep {
  return pixelStep({
    name: "noiseAndBlur",
    draw(random) {
      const [drawn, pixels, seed] = [random.uniform() < share, 3 + 2 * random.integer(3), random.integer(4294967296)];
      return [drawn ? pixels : 0, seed];
    },
    numbers(parameters, { channels, height, width }) {
      const some = chosen(parameters);
      if (some.rows.length === 0) return [];
      const kernels = some.parameters.flatMap(([pixels]) => Array.from({ length: channels }, () => kernel(pixels as number)).flat());
      return [some.rows, Float32Array.from(kernels), withBorder(height), withBorder(width)];
    },
    change: (images, parameters, [rows, kernels, down, across]) =>
      changeSome(images, rows, (some) => {
        const [count, , height, width] = some.shape as [number, number, number, number];
        const seeds = chosen(parameters).parameters.map(([, seed]) => seed as number);
        const noises = grain(seeds, height * width, noise, some.device).reshape([count, 1, height, width]);
        return blur(some.add(noises).clamp(0, 1), kernels as Tensor, indices(down), indices(across));
      }),
  });
}

const widest = 7;

/** Each image blurred by its own kernel: across, then down. */
function blur(images: Tensor, kernels: Tensor, rows: Tensor, columns: Tensor): Tensor {
  const [count, channels, height, width] = images.shape as [number, number, number, number];
  const groups = count * channels;
  const padded = images
    .indexSelect(2, rows)
    .indexSelect(3, columns)
    .reshape([1, groups, height + widest - 1, width + widest - 1]);
  const across = conv2d(padded, kernels.reshape([groups, 1, 1, widest]), { groups });
  return conv2d(across, kernels.reshape([groups, 1, widest, 1]), { groups }).reshape(images.shape);
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

/** The pixels of a line with three more at either end, mirrored about the last one. */
function withBorder(size: number): Float32Array {
  const radius = (widest - 1) / 2;
  return Float32Array.from({ length: size + 2 * radius }, (_, i) => mirrored(i - radius, size));
}
