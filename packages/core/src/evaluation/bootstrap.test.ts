import { describe, expect, it } from "vitest";
import { Random } from "../random.ts";
import { bootstrap, type Estimate, pairedBootstrap } from "./bootstrap.ts";

const meanOf = (values: readonly number[]) => (rows: Int32Array) => ({
  mean: rows.reduce((sum, i) => sum + (values[i] as number), 0) / rows.length,
});

describe("bootstrap", () => {
  it("covers a known proportion about 95 times in a hundred", () => {
    const random = new Random(1);
    let covered = 0;
    for (let trial = 0; trial < 300; trial++) {
      const sample = Array.from({ length: 120 }, () => (random.uniform() < 0.3 ? 1 : 0));
      const { mean } = bootstrap(120, meanOf(sample), { resamples: 300, random }) as { mean: Estimate };
      if (mean.low <= 0.3 && 0.3 <= mean.high) covered++;
    }
    expect(covered / 300).toBeGreaterThan(0.9);
    expect(covered / 300).toBeLessThan(0.98);
  });

  it("has about the width of the normal interval for a mean", () => {
    const random = new Random(2);
    const sample = Array.from({ length: 400 }, () => random.normal());
    const { mean } = bootstrap(400, meanOf(sample), { resamples: 2000 }) as { mean: Estimate };
    expect(mean.high - mean.low).toBeCloseTo((2 * 1.96) / Math.sqrt(400), 1);
  });

  it("gives the same interval for the same seed and another for another", () => {
    const values = Array.from({ length: 50 }, (_, i) => i % 7);
    const run = (seed: number) => bootstrap(50, meanOf(values), { resamples: 50, random: new Random(seed) });
    expect(run(3)).toEqual(run(3));
    expect(run(3)).not.toEqual(run(4));
  });

  it("is wider at a higher level, and one point where nothing varies", () => {
    const values = Array.from({ length: 50 }, (_, i) => i % 7);
    const width = (level: number) => {
      const { mean } = bootstrap(50, meanOf(values), { level }) as { mean: Estimate };
      return mean.high - mean.low;
    };
    expect(width(0.99)).toBeGreaterThan(width(0.8));
    expect(bootstrap(5, () => ({ mean: 4 }))).toEqual({ mean: { value: 4, low: 4, high: 4 } });
  });

  it("is moved back where drawing rows twice shifts a number by itself: the share of different rows keeps its place", () => {
    const different = (rows: Int32Array) => ({ share: new Set(rows).size / rows.length, mean: rows.length });
    const { share, mean } = bootstrap(100, different) as { share: Estimate; mean: Estimate };
    expect(share.value).toBe(1); // the draws lie about 1 - 1/e
    expect(share.low).toBeGreaterThan(0.9);
    expect(share.low).toBeLessThan(1);
    expect(share.high).toBeGreaterThan(1);
    expect(mean).toEqual({ value: 100, low: 100, high: 100 });
  });

  it("stays at or above 0 where every draw does, wherever it is moved", () => {
    const squared = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 1 : -1));
    const ofMean = (rows: Int32Array) => ({ square: (meanOf(squared)(rows).mean as number) ** 2 });
    const { square } = bootstrap(40, ofMean) as { square: Estimate };
    expect(square.value).toBe(0);
    expect(square.low).toBe(0);
    expect(square.high).toBeGreaterThan(0);
  });

  it("leaves out draws that are NaN, and gives NaN where the value is, none is left or none was asked for", () => {
    const sometimes = (rows: Int32Array) => ({ mean: rows[0] === 0 ? Number.NaN : 1 });
    expect(bootstrap(5, sometimes)).toEqual({ mean: { value: Number.NaN, low: Number.NaN, high: Number.NaN } });
    const later = (rows: Int32Array) => ({ mean: rows.every((row, i) => row === i) || rows[0] === 1 ? 1 : Number.NaN });
    expect(bootstrap(5, later)).toEqual({ mean: { value: 1, low: 1, high: 1 } });
    expect(bootstrap(5, meanOf([1, 1, 1, 1, 1]), { resamples: 0 })).toEqual({ mean: { value: 1, low: Number.NaN, high: Number.NaN } });
    expect(bootstrap(0, meanOf([]))).toEqual({ mean: { value: Number.NaN, low: Number.NaN, high: Number.NaN } });
  });

  it("says what is wrong with its options", () => {
    expect(() => bootstrap(1, meanOf([1]), { resamples: -1 })).toThrow(
      "bootstrap: expected resamples to be a whole number from 0, but got -1.",
    );
    expect(() => pairedBootstrap(1, meanOf([1]), meanOf([1]), { level: 95 })).toThrow(
      "pairedBootstrap: expected level to be a number between 0 and 1, but got 95.",
    );
  });
});

describe("pairedBootstrap", () => {
  const random = new Random(5);
  const noise = Array.from({ length: 200 }, () => random.normal(0, 10));

  it("sees a small difference that is there in every pair", () => {
    const better = noise.map((x) => x + 0.5 + random.normal(0, 0.5));
    const difference = pairedBootstrap(200, meanOf(better), meanOf(noise)).mean;
    expect(difference?.low).toBeGreaterThan(0);
    expect(difference?.p).toBeCloseTo(2 / 1001, 12);
  });

  it("finds no difference between a thing and itself", () => {
    expect(pairedBootstrap(200, meanOf(noise), meanOf(noise)).mean).toEqual({ value: 0, low: 0, high: 0, p: 1 });
  });

  it("turns its sign, and not its p, when the two are swapped", () => {
    const other = noise.map((x) => x + random.normal());
    const ab = pairedBootstrap(200, meanOf(noise), meanOf(other)).mean;
    const ba = pairedBootstrap(200, meanOf(other), meanOf(noise)).mean;
    expect(ba?.value).toBeCloseTo(-(ab?.value as number), 12);
    expect(ba?.low).toBeCloseTo(-(ab?.high as number), 10);
    expect(ba?.p).toBe(ab?.p);
  });

  it("is under 0.05 about one time in twenty when there is no difference", () => {
    let surprised = 0;
    for (let trial = 0; trial < 200; trial++) {
      const [a, b] = [0, 1].map(() => Array.from({ length: 60 }, () => random.normal())) as [number[], number[]];
      if ((pairedBootstrap(60, meanOf(a), meanOf(b), { resamples: 200, random }).mean?.p as number) < 0.05) surprised++;
    }
    expect(surprised / 200).toBeLessThan(0.11);
  });
});
