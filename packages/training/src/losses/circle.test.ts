import { OptionError, Random } from "@semblant/core";
import { Adam, grad, type Tensor, tensor } from "@semblant/torch";
import { describe, expect, it } from "vitest";
import { buildLoss } from "../building/build.ts";
import { resolveSettings } from "../settings/settings.ts";
import { circle } from "./circle.ts";

const double = (values: number[][], requiresGrad = false): Tensor => tensor(values, { dtype: "float64", requiresGrad });
const four = [
  [1, 0],
  [0.6, 0.8],
  [0, 1],
  [0.8, 0.6],
];
const twoClasses = Int32Array.of(0, 0, 1, 1);

/** The formula in plain numbers, with the weights that rows `at` have. */
function plainly(Z: readonly number[][], labels: readonly number[], [m, scale]: readonly [number, number], at = Z): number {
  const cosine = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, value, k) => sum + value * (y[k] as number), 0) / (Math.hypot(...x) * Math.hypot(...y));
  const terms = Z.flatMap((row, i) => {
    const sum = (of: boolean, term: (s: number, held: number) => number) =>
      Z.reduce((all, other, j) => {
        if (i === j || (labels[i] === labels[j]) !== of) return all;
        return all + Math.exp(scale * term(cosine(row, other), cosine(at[i] as number[], at[j] as number[])));
      }, 0);
    const positives = sum(true, (s, held) => -Math.max(0, 1 + m - held) * (s - (1 - m)));
    const negatives = sum(false, (s, held) => Math.max(0, held + m) * (s - m));
    return positives === 0 || negatives === 0 ? [] : Math.log(1 + positives * negatives);
  });
  return terms.reduce((a, b) => a + b, 0) / Math.max(1, terms.length);
}

describe("circle", () => {
  it("gives the value worked by hand", () => {
    // γ = 2, m = 1/4. Every row has one positive, of cosine 0.6: exp(−2 · 0.65 · −0.15) = e^0.195.
    // Rows 1 and 3 have negatives of cosines 0 and 0.8: e^(2 · 0.25 · −0.25) + e^(2 · 1.05 · 0.55); rows 2 and 4 of 0.8 and 0.96.
    const first = Math.log(1 + (Math.exp(-0.125) + Math.exp(1.155)) * Math.exp(0.195));
    const second = Math.log(1 + (Math.exp(1.155) + Math.exp(1.7182)) * Math.exp(0.195));
    const L = circle({ margin: 0.25, scale: 2 })(double(four), twoClasses).item();
    expect(L).toBeCloseTo(2.116893, 6);
    expect(L).toBeCloseTo((first + second) / 2, 12);
  });

  it("lets pairs count nothing once their weight is 0: negatives farther than −m", () => {
    const apart = [
      [1, 0],
      [1, 0],
      [-1, 0],
    ];
    const L = circle({ margin: 0.25, scale: 2 })(double(apart), Int32Array.of(0, 0, 1)).item();
    expect(L).toBeCloseTo(Math.log(1 + Math.exp(-2 * 0.25 * 0.25)), 12); // exp(0) for the negative
  });

  it.each([
    [0.4, 80],
    [0.25, 2],
  ])("has the gradient that finite differences give with its weights held: margin %d, scale %d", (margin, scale) => {
    const random = new Random(7);
    const labels = [0, 1, 2, 0, 1, 2, 0, 3];
    const Z = labels.map(() => Array.from({ length: 3 }, () => random.normal()));
    const z = double(Z, true);
    const L = circle({ margin, scale })(z, Int32Array.from(labels));
    expect(L.item()).toBeCloseTo(plainly(Z, labels, [margin, scale]), 9);
    const gradient = grad(L, [z])[0]?.data() as Float64Array;
    const h = 1e-5;
    for (let k = 0; k < gradient.length; k++) {
      const moved = (by: number) =>
        plainly(
          Z.map((row, i) => row.map((x, j) => (3 * i + j === k ? x + by : x))),
          labels,
          [margin, scale],
          Z,
        );
      const slope = (8 * (moved(h) - moved(-h)) - (moved(2 * h) - moved(-2 * h))) / (12 * h);
      expect(Math.abs((gradient[k] as number) - slope)).toBeLessThan(1e-7 * Math.max(1, Math.abs(slope)));
    }
    expect(Math.hypot(...gradient)).toBeGreaterThan(1e-3);
  });

  it("leaves out rows that lack a partner or a negative, and is 0 with gradient 0 where all do", () => {
    const loss = circle({ margin: 0.25, scale: 2 });
    const alone = loss(double([...four, [0.3, 0.1]]), Int32Array.of(0, 0, 1, 1, 2)).item();
    expect(alone).toBeCloseTo(plainly([...four, [0.3, 0.1]], [0, 0, 1, 1, 2], [0.25, 2]), 12);
    for (const labels of [Int32Array.of(0, 0, 0, 0), Int32Array.of(0, 1, 2, 3)]) {
      const z = double(four, true);
      const L = loss(z, labels);
      expect(L.item()).toBe(0);
      expect(Array.from(grad(L, [z])[0]?.data() as Float64Array, Math.abs)).toEqual(Array(8).fill(0));
    }
  });

  it("changes by no rotation, order or length of rows, and takes votes by the class with most", () => {
    const loss = circle();
    const L = loss(double(four), twoClasses).item();
    const turned = [3, 0, 2, 1].map((row, i) => [-(i + 1) * (four[row]?.[1] as number), (i + 1) * (four[row]?.[0] as number)]);
    expect(loss(double(turned), Int32Array.of(1, 0, 1, 0)).item()).toBeCloseTo(L, 10);
    const votes = [0, 0, 1, 1].map((c) => (c === 0 ? [0.7, 0.3] : [0.3, 0.7]));
    expect(loss(double(four), double(votes)).item()).toBe(L);
  });

  it("stays a number for a batch drawn to one point, and a step of Adam lowers it elsewhere", () => {
    const loss = circle();
    const point = tensor(
      [
        [1, 2],
        [1, 2],
        [1, 2],
        [1, 2],
      ],
      { requiresGrad: true },
    ); // prettier-ignore
    const L = loss(point, twoClasses);
    expect(L.item()).toBeCloseTo(80 * (1 - 2 * 0.4 ** 2) + Math.log(2), 3);
    expect(Array.from(grad(L, [point])[0]?.data() as Float32Array).every(Number.isFinite)).toBe(true);
    const z = tensor(four, { requiresGrad: true });
    const before = loss(z, twoClasses);
    before.backward();
    new Adam([z], { learningRate: 0.003 }).step();
    expect(loss(z, twoClasses).item()).toBeLessThan(before.item());
  });

  it("is made by settings, with a memory where they ask for one", () => {
    const made = (...overrides: string[]) =>
      buildLoss(resolveSettings({}, ["loss.name=circle", "network.dimensions=4", ...overrides]), 3).settings;
    expect(made()).toEqual({ margin: 0.4, scale: 80 });
    expect(made("loss.margin=0.25", "loss.scale=256", "loss.memory=64")).toMatchObject({
      margin: 0.25,
      scale: 256,
      loss: "circle",
      size: 64,
    });
  });

  it("refuses what is out of range", () => {
    expect(() => circle({ margin: 1 })).toThrow(new OptionError("circle: expected margin to be a number between 0 and 1, but got 1."));
    expect(() => circle({ scale: 0 })).toThrow(OptionError);
    expect(() => resolveSettings({}, ["loss.name=circle", "loss.margin=2"])).toThrow(
      "settings: expected loss.margin to be a number between 0 and 1, but got 2.",
    );
  });
});
