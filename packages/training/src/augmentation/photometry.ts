import type { Random } from "@semblant/core";
import { column, indices, type PixelStep, perImage, pixelStep } from "./pixel-step.ts";

/** How often a change is made, and between which factors. */
export interface FactorOptions {
  /** Share of the images that are changed, 0 to 1. */
  readonly share: number;
  /** Factor from and to; 1 changes nothing. */
  readonly factor: readonly [number, number];
}

const drawFactor = (random: Random, { share, factor }: FactorOptions): number => (random.uniform() < share ? random.uniform(...factor) : 1);

/**
 * Lighter or darker: pixels × factor, at most what the image's brightest pixel was. One parameter, the factor.
 */
export function brightness(options: FactorOptions): PixelStep {
  return pixelStep({
    name: "brightness",
    draw: (random) => [drawFactor(random, options)],
    numbers: (parameters) => [column(parameters, 0)],
    change: (images, _, [factor]) => images.mul(perImage(factor)).minimum(images.amax([1, 2, 3], true)),
  });
}

/**
 * More or less contrast: factor × pixels + weight · (1 − factor) × the image's mean, within 0 to 1. One parameter, the
 * factor.
 *
 * With weight 1 the mean stays. The paper's authors add it once a channel of their three-channel grey images, which is
 * weight 3: factors below 1 brighten (mean × (3 − 2 · factor)), factors above 1 darken.
 */
export function contrast({ weight = 1, ...options }: FactorOptions & { readonly weight?: number }): PixelStep {
  return pixelStep({
    name: "contrast",
    draw: (random) => [drawFactor(random, options)],
    numbers: (parameters) => [column(parameters, 0)],
    change(images, _, [factors]) {
      const factor = perImage(factors);
      const lift = images.mean([1, 2, 3], true).mul(factor.neg().add(1).mul(weight));
      return images.mul(factor).add(lift).clamp(0, 1);
    },
  });
}

/** Darker or lighter middle tones, black and white kept: pixels to the power of the factor. One parameter, the factor. */
export function gamma(options: FactorOptions): PixelStep {
  return pixelStep({
    name: "gamma",
    draw: (random) => [drawFactor(random, options)],
    numbers: (parameters) => [column(parameters, 0)],
    change: (images, _, [factor]) => images.pow(perImage(factor)),
  });
}

/** Channels in another order; nothing where there is one. As many parameters as channels: which one goes there. */
export function permuteChannels({ share }: { readonly share: number }): PixelStep {
  return pixelStep({
    name: "permuteChannels",
    draw(random, { channels }) {
      const order = [...Array(channels).keys()];
      return random.uniform() < share ? random.shuffle(order) : order;
    },
    numbers: (parameters, { channels }) =>
      channels === 1 ? [] : [Float32Array.from(parameters.flatMap((order, i) => order.map((channel) => i * channels + channel)))],
    change(images, _, [from]) {
      const [rows, channels, height, width] = images.shape as [number, number, number, number];
      if (channels === 1) return images;
      return images
        .reshape([rows * channels, height, width])
        .indexSelect(0, indices(from))
        .reshape(images.shape);
    },
  });
}
