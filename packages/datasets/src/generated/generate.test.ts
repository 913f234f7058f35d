import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { expressions } from "../../../core/src/expressions.ts";
import type { Dataset, LabeledImages } from "../dataset/dataset.ts";
import { type GenerateFacesOptions, generateFaces } from "./generate.ts";
import { SUBCLASSES } from "./subclasses.ts";
import { leads } from "./votes.ts";

const data = generateFaces({ count: 640, seed: 1 });
const easy = generateFaces({ count: 480, seed: 2, difficulty: 0, size: 24 });
const splits = (set: Dataset) => [set.train, set.validation, set.test];

describe("generated faces", () => {
  it("are 4,000 by default and as many as asked for otherwise", () => {
    expect(splits(data).reduce((sum, split) => sum + split.images.count, 0)).toBe(640);
    expect(splits(generateFaces({ count: 25, size: 16 })).reduce((sum, split) => sum + split.images.count, 0)).toBe(25);
  });

  it("are the same bytes for the same seed, on every machine", () => {
    expect(checksum(generateFaces({ count: 24, seed: 7 }))).toBe("03f004d2660c8649");
  });

  it("are others for another seed, difficulty or number of people", () => {
    const base = checksum(generateFaces({ count: 48, seed: 7, size: 16 }));
    for (const other of [{ seed: 8 }, { difficulty: 0.9 }, { people: 4 }]) {
      expect(checksum(generateFaces({ count: 48, seed: 7, size: 16, ...other }))).not.toBe(base);
    }
  });

  it("are the same in a split whichever others are drawn with it", () => {
    const { train, validation, test } = generateFaces({ count: 640, seed: 1, splits: ["test"] });
    expect([train.images.count, validation.images.count, test.images.count]).toEqual([0, 0, data.test.images.count]);
    expect(Buffer.concat(pictures(test)).equals(Buffer.concat(pictures(data.test)))).toBe(true);
    expect({ ...test, images: undefined }).toEqual({ ...data.test, images: undefined });
    expect(() => generateFaces({ splits: ["tests" as "test"] })).toThrow(
      'generateFaces: expected splits to be a list of "train", "validation" and "test", but got ["tests"].',
    );
  });

  it("never show a person in two splits", () => {
    const [train, validation, test] = splits(data).map((split) => new Set(split.subjects)) as [Set<number>, Set<number>, Set<number>];
    expect([train.size, validation.size, test.size]).toEqual([28, 4, 8]);
    expect(new Set([...train, ...validation, ...test]).size).toBe(40);
  });

  it("have every class equally often in each split, to one", () => {
    for (const split of splits(data)) {
      const counts = tally(split.labels, expressions.length);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
  });

  it("have ids that say person, expression and sub-class, each once", () => {
    const ids = splits(data).flatMap((split) => split.ids);
    expect(new Set(ids).size).toBe(640);
    const { ids: names, subjects, labels, subclasses } = data.test;
    expect(names[0]).toMatch(
      new RegExp(`^person ${subjects?.[0]}, ${expressions[labels[0] as number]}, ${SUBCLASSES[subclasses?.[0] as number]}, \\d+$`),
    );
  });

  it("show a person always as a child, always with a beard, or as an adult", () => {
    const seen = new Map<number, Set<number>>();
    data.train.subjects?.forEach((person, i) => {
      const kinds = seen.get(person) ?? new Set();
      seen.set(person, kinds.add(data.train.subclasses?.[i] as number));
    });
    for (const kinds of seen.values()) {
      const lasting = [...kinds].filter((kind) => SUBCLASSES[kind] === "child" || SUBCLASSES[kind] === "beard");
      expect(lasting.length === 0 || kinds.size === 1).toBe(true);
    }
  });

  it("have ten votes each, led by the label", () => {
    const { votes, labels } = data.train;
    for (let i = 0; i < labels.length; i++) {
      const row = (votes as Float32Array).subarray(i * 8, (i + 1) * 8);
      expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
      expect(row.every((share) => Math.abs(share * 10 - Math.round(share * 10)) < 1e-5)).toBe(true);
      expect(leads(row, labels[i] as number)).toBe(true);
    }
  });

  it("use the range of grey: most images hold both dark and bright pixels", () => {
    const images = pictures(data.train);
    const wide = images.filter((image) => Math.max(...image) - Math.min(...image) > 100);
    expect(wide.length).toBeGreaterThan(0.9 * images.length);
    const mean = images.flatMap((image) => Array.from(image)).reduce((a, b) => a + b, 0) / (images.length * 48 * 48);
    expect(mean).toBeGreaterThan(80);
    expect(mean).toBeLessThan(175);
  });

  it("differ in the mean from the mean neutral face, whatever the expression", () => {
    const means = expressions.map((_, label) => meanFace(easy.train, label));
    for (let label = 1; label < 8; label++) {
      let largest = 0;
      const [neutral, mean] = [means[0] as Float64Array, means[label] as Float64Array];
      for (let i = 0; i < mean.length; i++) largest = Math.max(largest, Math.abs((mean[i] as number) - (neutral[i] as number)));
      expect(largest).toBeGreaterThan(8);
    }
  });

  it("come in any size", () => {
    expect(generateFaces({ count: 24, size: 64 }).train.images).toMatchObject({ width: 64, height: 64, channels: 1 });
  });

  it.each([
    [{ count: 7 }, "generateFaces: expected count to be a whole number from 24 (3 images of each class), but got 7."],
    [{ count: 100.5 }, "generateFaces: expected count to be a whole number from 24 (3 images of each class), but got 100.5."],
    [{ seed: 0.5 }, "generateFaces: expected seed to be a whole number, but got 0.5."],
    [{ difficulty: 3 }, "generateFaces: expected difficulty to be a number from 0 to 2, but got 3."],
    [{ difficulty: Number.NaN }, "generateFaces: expected difficulty to be a number from 0 to 2, but got NaN."],
    [{ size: 8 }, "generateFaces: expected size to be a whole number from 16 to 256, but got 8."],
    [{ count: 80, people: 2 }, "generateFaces: expected people to be a whole number from 3 to 10 (one for each 8 images), but got 2."],
    [{ count: 80, people: 11 }, "generateFaces: expected people to be a whole number from 3 to 10 (one for each 8 images), but got 11."],
    [{ balance: "even" }, 'generateFaces: expected balance to be "equal" or "natural", but got "even".'],
    [{ dificulty: 1 }, 'generateFaces: unknown option "dificulty"; did you mean "difficulty"?'],
  ])("refuse %o", (options, message) => {
    expect(() => generateFaces(options as GenerateFacesOptions)).toThrow(message);
  });
});

function pictures({ images }: LabeledImages): Uint8Array[] {
  const bytes = images.width * images.height;
  return Array.from({ length: images.count }, (_, row) => {
    const into = new Uint8Array(bytes);
    images.gather([row], into);
    return into;
  });
}

function checksum(set: Dataset): string {
  const hash = createHash("sha256");
  for (const split of splits(set)) for (const picture of pictures(split)) hash.update(picture);
  return hash.digest("hex").slice(0, 16);
}

function tally(values: Int32Array, n: number): number[] {
  const counts = Array.from({ length: n }, () => 0);
  for (const value of values) counts[value] = (counts[value] as number) + 1;
  return counts;
}

function meanFace(split: LabeledImages, label: number): Float64Array {
  const chosen = pictures(split).filter((_, i) => split.labels[i] === label);
  const mean = new Float64Array(chosen[0]?.length ?? 0);
  for (const picture of chosen)
    for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] as number) + (picture[i] as number) / chosen.length;
  return mean;
}
