import { Random } from "@semblant/core";
import { rand, type Tensor, tensor } from "@semblant/torch";
import { describe, expect, it } from "vitest";
import { noiseAndBlur } from "./blur.ts";
import { clahe } from "./clahe.ts";
import { erasing } from "./erasing.ts";
import { illumination } from "./illumination.ts";
import { jpeg } from "./jpeg.ts";
import { brightness, contrast, gamma, permuteChannels } from "./photometry.ts";
import type { PixelStep } from "./pixel-step.ts";
import { resolution } from "./resolution.ts";

const always = { share: 1, factor: [0.5, 1.5] } as const;
const steps: PixelStep[] = [
  brightness(always),
  contrast({ ...always, weight: 3 }),
  gamma(always),
  permuteChannels({ share: 1 }),
  clahe({ share: 0.5 }),
  noiseAndBlur({ share: 0.7, noise: 0.1 }),
  erasing({ share: 0.7, area: [0.05, 0.3] }),
  illumination({ share: 0.7, slope: 0.5 }),
  resolution({ share: 0.7, pixels: [4, 30] }),
  jpeg({ share: 0.7, quality: [10, 90] }),
];
const values = (images: Tensor) => Array.from(images.data() as Float32Array);
const draw = (step: PixelStep, seed: number, images: Tensor) => {
  const [rows, channels, height, width] = images.shape as [number, number, number, number];
  const random = new Random(seed);
  return Array.from({ length: rows }, () => step.draw(random, { channels, height, width }));
};

describe("every step", () => {
  for (const step of steps) {
    for (const channels of [1, 3]) {
      const images = rand([6, channels, 24, 24]);

      it(`${step.name} keeps pixels from 0 to 1 and the shape, of ${channels} channels`, () => {
        const changed = step.apply(images, draw(step, 1, images));
        expect(changed.shape).toEqual(images.shape);
        expect(values(changed).every((x) => x >= 0 && x <= 1)).toBe(true);
      });

      it(`${step.name} gives a batch of n what n single calls give, of ${channels} channels`, () => {
        const parameters = draw(step, 2, images);
        const together = values(step.apply(images, parameters));
        const apart = parameters.flatMap((row, i) => values(step.apply(images.slice(0, i, i + 1), [row])));
        together.forEach((value, i) => {
          expect(value).toBeCloseTo(apart[i] as number, 6);
        });
      });

      it(`${step.name} draws the same for the same seed, and leaves the images given as they were, of ${channels} channels`, () => {
        const before = values(images);
        expect(draw(step, 3, images)).toEqual(draw(step, 3, images));
        step.apply(images, draw(step, 3, images));
        expect(values(images)).toEqual(before);
      });
    }
  }

  it("changes nothing where its share is 0", () => {
    const images = rand([4, 3, 16, 16]);
    const none = [
      brightness({ ...always, share: 0 }),
      contrast({ ...always, share: 0 }),
      gamma({ ...always, share: 0 }),
      permuteChannels({ share: 0 }),
      clahe({ share: 0 }),
      noiseAndBlur({ share: 0, noise: 1 }),
      erasing({ share: 0, area: [0.5, 0.5] }),
      illumination({ share: 0, slope: 0.5 }),
      resolution({ share: 0, pixels: [4, 8] }),
      jpeg({ share: 0, quality: [10, 20] }),
    ];
    for (const step of none) {
      const changed = values(step.apply(images, draw(step, 4, images)));
      values(images).forEach((value, i) => {
        expect(changed[i]).toBeCloseTo(value, 6);
      });
    }
  });
});

describe("brightness", () => {
  it("multiplies, up to the brightest pixel the image had", () => {
    const image = tensor([[[[0.1, 0.4, 0.6]]]]);
    const [a, b, c] = values(brightness(always).apply(image, [[1.25]])) as [number, number, number];
    expect([a, b, c].map((x) => x.toFixed(4))).toEqual(["0.1250", "0.5000", "0.6000"]);
  });
});

describe("contrast", () => {
  it("keeps the mean", () => {
    const image = tensor([[[[0.3, 0.4, 0.5]]]]);
    expect(values(contrast(always).apply(image, [[0.5]])).map((x) => x.toFixed(4))).toEqual(["0.3500", "0.4000", "0.4500"]);
  });

  it("multiplies the mean by 3 − 2 · factor as the paper's authors have it", () => {
    const image = tensor([[[[0.2, 0.3, 0.4]]]]);
    const mean = contrast({ ...always, weight: 3 })
      .apply(image, [[0.8]])
      .mean()
      .item();
    expect(mean).toBeCloseTo(0.3 * (3 - 1.6), 6);
  });
});

describe("gamma", () => {
  it("raises to the power", () => {
    expect(values(gamma(always).apply(tensor([[[[0, 0.25, 1]]]]), [[0.5]])).map((x) => x.toFixed(5))).toEqual([
      "0.00000",
      "0.50000",
      "1.00000",
    ]);
  });
});

describe("channel permutation", () => {
  it("takes each channel from where it says", () => {
    const image = tensor([[[[1]], [[2]], [[3]]]]);
    expect(values(permuteChannels({ share: 1 }).apply(image, [[2, 0, 1]]))).toEqual([3, 1, 2]);
  });
});

describe("noise and blur", () => {
  it("spreads a point over as many pixels as it says, by a Gaussian that sums to 1", () => {
    const point = tensor(
      Float32Array.from({ length: 225 }, (_, i) => Number(i === 112)),
      { shape: [1, 1, 15, 15] },
    );
    for (const [pixels, sigma] of [
      [3, 0.8],
      [5, 1.1],
      [7, 1.4],
    ] as const) {
      const spread = values(noiseAndBlur({ share: 1, noise: 0 }).apply(point, [[pixels, 0]]));
      expect(spread.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
      expect(spread.filter((x) => x > 0).length).toBe(pixels ** 2);
      expect((spread[113] as number) / (spread[112] as number)).toBeCloseTo(Math.exp(-1 / (2 * sigma ** 2)), 5);
      expect(spread[113]).toBeCloseTo(spread[127] as number, 6);
    }
  });

  it("keeps a flat image flat up to its border", () => {
    const flat = tensor(new Float32Array(64).fill(0.5), { shape: [1, 1, 8, 8] });
    for (const value of values(noiseAndBlur({ share: 1, noise: 0 }).apply(flat, [[7, 0]]))) expect(value).toBeCloseTo(0.5, 6);
  });

  it("adds noise of the given deviation, alike on all channels", () => {
    const flat = tensor(new Float32Array(3 * 64 * 64).fill(0.5), { shape: [1, 3, 64, 64] });
    const noisy = noiseAndBlur({ share: 1, noise: 0.05 }).apply(flat, [[3, 9]]);
    const deviation = Math.sqrt(noisy.variance().item());
    // A 3×3 Gaussian of deviation 0.8 leaves Σw² of the variance.
    const w = [Math.exp(-1 / 1.28), 1, Math.exp(-1 / 1.28)];
    const kept = w.reduce((a, x) => a + x ** 2, 0) / w.reduce((a, x) => a + x, 0) ** 2;
    expect(deviation / (0.05 * kept)).toBeCloseTo(1, 1);
    expect(values(noisy.select(1, 0))).toEqual(values(noisy.select(1, 2)));
  });
});

describe("erasing", () => {
  it("fills its rectangle with its grey and leaves the rest", () => {
    const images = tensor(new Float32Array(2 * 16).fill(0.25), { shape: [2, 1, 4, 4] });
    const erased = values(
      erasing({ share: 1, area: [0.1, 0.2] }).apply(images, [
        [1, 0, 3, 2, 0.75],
        [0, 0, 0, 0, 0],
      ]),
    );
    const expected = [0.25, 0.75, 0.75, 0.25, 0.25, 0.75, 0.75, 0.25, ...Array(24).fill(0.25)];
    expect(erased).toEqual(expected);
  });

  it("draws patches inside the image, of about the area asked for", () => {
    const random = new Random(0);
    const step = erasing({ share: 1, area: [0.1, 0.1] });
    for (let trial = 0; trial < 200; trial++) {
      const [left, top, right, bottom] = step.draw(random, { channels: 1, width: 48, height: 48 }) as [number, number, number, number];
      expect(left).toBeGreaterThanOrEqual(0);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(48);
      expect(bottom).toBeLessThanOrEqual(48);
      const area = ((right - left) * (bottom - top)) / 48 ** 2;
      expect(Math.abs(area - 0.1)).toBeLessThan(0.02);
    }
  });
});

describe("illumination", () => {
  it("rises from one side to the other by what it says, and stays in the middle", () => {
    const flat = tensor(new Float32Array(16).fill(0.5), { shape: [1, 1, 4, 4] });
    const lit = values(illumination({ share: 1, slope: 1 }).apply(flat, [[0.4, 0]]));
    expect(lit.slice(0, 4).map((x) => x.toFixed(3))).toEqual(["0.350", "0.450", "0.550", "0.650"]);
    expect(lit.slice(12)).toEqual(lit.slice(0, 4));
  });
});

describe("resolution", () => {
  it("makes each coarse pixel the mean of what it covers, and goes evenly from one to the next", () => {
    const steps = tensor(
      Float32Array.from({ length: 64 }, (_, i) => Number(i % 8 >= 4)),
      { shape: [1, 1, 8, 8] },
    );
    const line = values(resolution({ share: 1, pixels: [2, 2] }).apply(steps, [[2]])).slice(0, 8);
    expect(line.map((x) => x.toFixed(3))).toEqual(["0.000", "0.000", "0.125", "0.375", "0.625", "0.875", "1.000", "1.000"]);
  });

  it("keeps a flat image flat, and leaves one that has no more pixels than that", () => {
    const flat = tensor(new Float32Array(81).fill(0.3), { shape: [1, 1, 9, 9] });
    for (const value of values(resolution({ share: 1, pixels: [4, 4] }).apply(flat, [[4]]))) expect(value).toBeCloseTo(0.3, 6);
    const image = rand([1, 1, 8, 8]);
    expect(values(resolution({ share: 1, pixels: [8, 8] }).apply(image, [[8]]))).toEqual(values(image));
  });
});

describe("jpeg", () => {
  it("keeps a flat block to a step of its mean, 16 of 255 levels of 8 pixels a side at quality 50", () => {
    const flat = tensor(new Float32Array(64).fill(0.5 + 3.3 / 255), { shape: [1, 1, 8, 8] });
    // The mean's frequency is 8 times the level: steps of 2 levels about 128.
    const level = values(jpeg({ share: 1, quality: [50, 50] }).apply(flat, [[1, 1]]))[0] as number;
    expect(level * 255).toBeCloseTo(130, 3);
  });

  it("changes more the lower the quality, and little at the best", () => {
    const image = rand([1, 1, 24, 20]);
    const far = [0.02, 1, 5].map((scale) =>
      jpeg({ share: 1, quality: [1, 99] })
        .apply(image, [[1, scale]])
        .sub(image)
        .square()
        .mean()
        .item(),
    );
    expect(far[0]).toBeLessThan(1e-5);
    expect(far[1]).toBeLessThan(far[2] as number);
    expect(far[1]).toBeGreaterThan(far[0] as number);
  });
});
