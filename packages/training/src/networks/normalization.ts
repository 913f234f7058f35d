/** Whose mean and deviation pixels are brought to: the authors' own, or those under which ImageNet's weights were learned. */
export const normalizations = ["published", "imagenet"] as const;
export type Normalization = (typeof normalizations)[number];

interface Channels {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** Of pixels from 0 to 1. Grey has one number for each: 0.5 and 0.2 as the published code, or the mean over ImageNet's channels. */
const channelsOf: Readonly<Record<Normalization, Readonly<Record<"grey" | "color", Channels>>>> = {
  published: {
    grey: { mean: [0.5], std: [0.2] },
    color: { mean: [0.4914, 0.4822, 0.4465], std: [0.2023, 0.1994, 0.201] }, // CIFAR-10's
  },
  imagenet: {
    grey: { mean: [0.449], std: [0.226] },
    color: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
  },
};

/**
 * What is subtracted from each channel of pixels from 0 to 1, and what each is divided by after that.
 *
 * @example
 * normalizationOf("imagenet", 3).mean; // [0.485, 0.456, 0.406]
 */
export function normalizationOf(name: Normalization, channels: number): Channels {
  if (channels === 3) return channelsOf[name].color;
  const { mean, std } = channelsOf[name].grey;
  return { mean: Array(channels).fill(mean[0]), std: Array(channels).fill(std[0]) };
}
