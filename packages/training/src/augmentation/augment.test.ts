import { Random } from "@semblant/core";
import { liveTensors, type Tensor, tensor } from "@semblant/torch";
import { describe, expect, it } from "vitest";
import { augment } from "./augment.ts";
import { prepare } from "./prepare.ts";
import { augmentations, noAugmentation } from "./presets.ts";

const grey = { size: 48, channels: 1, mean: [0.5], std: [0.2] };
const color = { size: 32, channels: 3, mean: [0.4914, 0.4822, 0.4465], std: [0.2023, 0.1994, 0.201] };
const values = (images: Tensor) => Array.from(images.data() as Float32Array);

function batch(rows: number, channels = 1, size = 48): Tensor {
  const random = new Random(9);
  return tensor(
    Uint8Array.from({ length: rows * channels * size * size }, () => random.integer(256)),
    { shape: [rows, channels, size, size] },
  );
}

describe("prepare", () => {
  it("takes 0 to 255 to 0 to 1, less the mean, by the deviation", () => {
    const pixels = tensor(Uint8Array.of(0, 51, 204, 255), { shape: [1, 1, 2, 2] });
    const expected = [-2.5, -1.5, 1.5, 2.5];
    values(prepare(pixels, { ...grey, size: 2 })).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] as number, 5);
    });
  });

  it("repeats grey in three channels, each with its own mean", () => {
    const prepared = prepare(tensor(Uint8Array.of(255), { shape: [1, 1, 1, 1] }), { ...color, size: 1 });
    expect(prepared.shape).toEqual([1, 3, 1, 1]);
    values(prepared).forEach((value, k) => {
      expect(value).toBeCloseTo((1 - (color.mean[k] as number)) / (color.std[k] as number), 5);
    });
  });

  it("makes colours grey by their luminance", () => {
    const red = tensor(Uint8Array.of(255, 0, 0), { shape: [1, 3, 1, 1] });
    expect(prepare(red, { size: 1, channels: 1, mean: [0], std: [1] }).item()).toBeCloseTo(0.299, 5);
  });

  it("resizes without skipping pixels: stripes become their mean", () => {
    const stripes = tensor(
      Uint8Array.from({ length: 64 * 64 }, (_, i) => (i % 2) * 255),
      { shape: [1, 1, 64, 64] },
    );
    for (const value of values(prepare(stripes, { size: 16, channels: 1, mean: [0], std: [1] }))) expect(value).toBeCloseTo(0.5, 5);
  });

  it("says what it expected of a batch that is not uint8 images", () => {
    expect(() => prepare(tensor([[1, 2]]), grey)).toThrow(
      "prepare: expected uint8 images of shape (batch, 1 or 3, height, width), but got float32 of (1, 2).",
    );
    expect(() => augment(batch(1, 2), grey, noAugmentation, new Random(0))).toThrow(
      "augment: expected uint8 images of shape (batch, 1 or 3, height, width), but got uint8 of (1, 2, 48, 48).",
    );
  });
});

describe("augment", () => {
  for (const augmentation of Object.values(augmentations)) {
    for (const input of [grey, color]) {
      it(`gives normalised images of the network's size: ${augmentation.name}, ${input.channels} channels`, () => {
        for (const channels of [1, 3]) {
          const images = augment(batch(9, channels), input, augmentation, new Random(1));
          expect(images.shape).toEqual([9, input.channels, input.size, input.size]);
          expect(images.dtype).toBe("float32");
          expect(images.requiresGrad).toBe(false);
          const [lowest, highest] = [(0 - 0.5) / 0.19, (1 - 0.44) / 0.19];
          expect(values(images).every((x) => x > lowest && x < highest)).toBe(true);
        }
      });
    }

    it(`gives the same pixels for the same seed, and goes on from a saved state: ${augmentation.name}`, () => {
      const images = batch(7);
      const random = new Random(5);
      const first = values(augment(images, grey, augmentation, random));
      const state = random.state();
      const second = values(augment(images, grey, augmentation, random));
      expect(values(augment(images, grey, augmentation, new Random(5)))).toEqual(first);
      expect(values(augment(images, grey, augmentation, Random.resume(state)))).toEqual(second);
      if (augmentation.name !== "none") expect(second).not.toEqual(first);
    });

    it(`leaves no tensor behind but its answer: ${augmentation.name}`, () => {
      const images = batch(7);
      const before = liveTensors();
      const changed = augment(images, grey, augmentation, new Random(5));
      expect(liveTensors()).toBe(before + 1);
      changed.dispose();
    });
  }

  it("is prepare when there is nothing to do", () => {
    const images = batch(4);
    expect(values(augment(images, grey, noAugmentation, new Random(0)))).toEqual(values(prepare(images, grey)));
  });

  it("changes nearly every image under the paper's list, each in its own way", () => {
    const same = tensor(
      new Uint8Array(32 * 48 * 48).map((_, i) => ((i % 48) * 5) % 256),
      { shape: [32, 1, 48, 48] },
    );
    const changed = augment(same, grey, augmentations.paper, new Random(2));
    const rows = Array.from({ length: 32 }, (_, i) => values(changed.select(0, i)).join());
    expect(new Set(rows).size).toBeGreaterThan(30);
  });
});
