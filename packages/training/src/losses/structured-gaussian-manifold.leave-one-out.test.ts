import { Random } from "@semblant/core";
import { grad, type Tensor, tensor } from "@semblant/torch";
import { describe, expect, it } from "vitest";
import { resolveSettings } from "../settings/settings.ts";
import { structuredGaussianManifold } from "./structured-gaussian-manifold.ts";

const double = (values: number[][], requiresGrad = false): Tensor => tensor(values, { dtype: "float64", requiresGrad });
const published = structuredGaussianManifold();
const leaveOneOut = structuredGaussianManifold({ leaveOneOut: true });
const gradientOf = (Z: number[][], labels: Tensor | Int32Array) => {
  const z = double(Z, true);
  return (grad(leaveOneOut(z, labels), [z])[0] as Tensor).data() as Float64Array;
};

/** Random embeddings, and votes for four classes that sum to 1, one in three of them 0. */
function scattered(seed: number, rows = 14, columns = 3): { Z: number[][]; votes: number[][] } {
  const random = new Random(seed);
  const votes = () => {
    const given = [1, ...Array.from({ length: 3 }, () => (random.uniform() < 1 / 3 ? 0 : random.uniform()))];
    const sum = given.reduce((a, b) => a + b);
    return random.shuffle(given.map((x) => x / sum));
  };
  return {
    Z: Array.from({ length: rows }, () => Array.from({ length: columns }, () => random.normal())),
    votes: Array.from({ length: rows }, votes),
  };
}

/** The loss by its definition: for each embedding, the means of a batch that it is truly taken out of. */
function byTakingOut(Z: readonly number[][], known: readonly number[][], counted = known, sigma = 1): number {
  const errors = Z.map((z, i) => {
    const log = (known[i] as number[]).map((_, j) => {
      const others = Z.flatMap((row, r) => (r === i ? [] : [{ row, weight: counted[r]?.[j] as number }]));
      const weight = others.reduce((sum, other) => sum + other.weight, 0);
      if (weight === 0) return -Infinity;
      const mean = z.map((_, d) => others.reduce((sum, other) => sum + other.weight * (other.row[d] as number), 0) / weight);
      return -z.reduce((sum, x, d) => sum + (x - (mean[d] as number)) ** 2, 0) / (2 * sigma ** 2);
    });
    const open = (known[i] as number[]).map((share, j) => (log[j] === -Infinity ? 0 : share));
    const share = open.reduce((a, b) => a + b);
    if (share === 0) return 0;
    const highest = Math.max(...log);
    const all = log.reduce((sum, x) => sum + Math.exp(x - highest), 0);
    return log.reduce((sum, x, j) => sum + ((share * Math.exp(x - highest)) / all - (open[j] as number)) ** 2, 0);
  });
  return errors.reduce((a, b) => a + b) / Z.length;
}

describe("means that leave the embedding itself out", () => {
  it("are those of the other embeddings: an example by hand", () => {
    const Z = [
      [0, 0],
      [1, 0],
      [3, 0],
      [3, 2],
    ];
    // Squared distances to the other of its class, and to the middle of the other class.
    const distances = [
      [1, 10],
      [1, 5],
      [4, 6.25],
      [4, 10.25],
    ] as const;
    const errors = distances.map(([own, other]) => 2 * (1 / (1 + Math.exp((other - own) / 2))) ** 2);
    const expected = errors.reduce((a, b) => a + b) / 4;
    expect(leaveOneOut(double(Z), Int32Array.of(0, 0, 1, 1)).item()).toBeCloseTo(expected, 14);
    expect(expected).toBeGreaterThan(4 * published(double(Z), Int32Array.of(0, 0, 1, 1)).item());
  });

  it("give what taking each embedding out in turn gives, for votes and for labels", () => {
    for (const seed of [1, 2, 3]) {
      const { Z, votes } = scattered(seed);
      const whole = votes.map((row) => row.map((x) => Number(x === Math.max(...row))));
      expect(leaveOneOut(double(Z), double(votes)).item()).toBeCloseTo(byTakingOut(Z, votes), 13);
      expect(leaveOneOut(double(Z), double(whole)).item()).toBeCloseTo(byTakingOut(Z, whole), 13);
      const byLabels = structuredGaussianManifold({ means: "labels", leaveOneOut: true, sigma: 2 });
      expect(byLabels(double(Z), double(votes)).item()).toBeCloseTo(byTakingOut(Z, votes, whole, 2), 13);
    }
  });

  it("give it in float32 as well, where 999 of 1000 parts of a class are one embedding's", () => {
    const Z = [[1], [3], [10], [11], [0.5]];
    const votes = [
      [0, 1],
      [0.002, 0.998],
      [0, 1],
      [0, 1],
      [1, 0],
    ];
    // The mean of the first class without the last embedding is the second embedding: 2.5 away.
    const expected = byTakingOut(Z, votes);
    expect(leaveOneOut(tensor(Z), tensor(votes)).item() / expected).toBeCloseTo(1, 3);
    expect(leaveOneOut(double(Z), double(votes)).item()).toBeCloseTo(expected, 12);
  });

  it("do not change with the order of the batch, nor when all embeddings move together", () => {
    const { Z, votes } = scattered(4);
    const expected = leaveOneOut(double(Z), double(votes)).item();
    const order = new Random(5).shuffle(Z.map((_, i) => i));
    const shuffled = <T>(rows: readonly T[]) => order.map((i) => rows[i] as T);
    expect(leaveOneOut(double(shuffled(Z)), double(shuffled(votes))).item()).toBeCloseTo(expected, 13);
    const moved = Z.map((z) => z.map((x, d) => x + 7 * d - 3));
    expect(leaveOneOut(double(moved), double(votes)).item()).toBeCloseTo(expected, 12);
    const gradient = gradientOf(Z, double(votes));
    for (const d of [0, 1, 2]) expect(gradient.filter((_, k) => k % 3 === d).reduce((a, b) => a + b)).toBeCloseTo(0, 14);
  });

  it("come to the published loss as classes grow", () => {
    const repeated = (times: number) => {
      const Z = Array.from({ length: times }, () => [[0], [1], [3], [5]]).flat();
      const labels = Int32Array.from(Z, (_, i) => Number(i % 4 > 1));
      return leaveOneOut(double(Z), labels).item() / published(double(Z), labels).item() - 1;
    };
    expect(repeated(1)).toBeGreaterThan(0.5);
    expect(repeated(10)).toBeGreaterThan(repeated(100));
    expect(repeated(1000)).toBeLessThan(0.01);
    expect(repeated(1000)).toBeGreaterThan(0);
  });

  it("hold an embedding back that is far from its own: the published loss lets it pull the mean along", () => {
    // Two of each class; the second lies nearer to the other class. Its own half of the mean hides that.
    const Z = [[0], [4.4], [8], [8]];
    const labels = Int32Array.of(0, 0, 1, 1);
    expect(published(double(Z), labels).item()).toBeLessThan(0.02);
    expect(leaveOneOut(double(Z), labels).item()).toBeGreaterThan(0.4);
  });

  it("say nothing of an embedding that is the only one of its class, from which the others still keep away", () => {
    const Z = [[0], [1], [2]];
    const labels = Int32Array.of(0, 0, 1);
    // By hand: the first two are 1 from each other, and 2 and 1 from the third; the third has no error of its own.
    const wrong = [1 / (1 + Math.exp(1.5)), 1 / 2];
    expect(leaveOneOut(double(Z), labels).item()).toBeCloseTo((2 * (wrong[0] as number) ** 2 + 2 * (wrong[1] as number) ** 2) / 3, 14);
    expect(gradientOf(Z, labels)[2]).toBeLessThan(-0.01);
  });

  it("take what is known of a class without a mean as known, and share the rest among the others", () => {
    const Z = [[10], [10], [-10], [-10], [0.05]];
    const votes = [
      [1, 0, 0],
      [1, 0, 0],
      [0, 1, 0],
      [0, 1, 0],
      [0.3, 0.2, 0.5], // the only one that anyone calls the third class
    ];
    // By hand: the others have no error. The last has half its posterior left; squared distances to 10 and −10 differ by 2.
    const first = 0.5 / (1 + Math.exp(-1));
    const expected = ((first - 0.3) ** 2 + (0.5 - first - 0.2) ** 2) / 5;
    expect(leaveOneOut(double(Z), double(votes)).item()).toBeCloseTo(expected, 14);
    expect(gradientOf(Z, double(votes)).every(Number.isFinite)).toBe(true);
  });

  it("give 0, with a gradient of 0, where no embedding has another to be compared with", () => {
    for (const Z of [
      [[3, 1]],
      [
        [3, 1],
        [0, 2],
      ],
    ]) {
      const labels = Int32Array.from(Z, (_, i) => i);
      expect(leaveOneOut(double(Z), labels).item()).toBe(0);
      expect([...gradientOf(Z, labels)].every((x) => x === 0)).toBe(true);
    }
  });

  it("leave out a class that the batch does not contain", () => {
    const { Z } = scattered(6, 12);
    const labels = Int32Array.from(Z, (_, i) => i % 3);
    const withGap = labels.map((label) => 2 * label);
    expect(leaveOneOut(double(Z), withGap).item()).toBeCloseTo(leaveOneOut(double(Z), labels).item(), 14);
    expect(gradientOf(Z, withGap).every(Number.isFinite)).toBe(true);
  });

  it("are the setting loss.leaveOneOut, which wants two of a class", () => {
    expect(resolveSettings({}, ["loss.leaveOneOut=true"]).loss.leaveOneOut).toBe(true);
    expect(resolveSettings({ preset: "paper" }).loss.leaveOneOut).toBe(false);
    expect(() => resolveSettings({}, ["loss.leaveOneOut=true", "perClass=1"])).toThrow(
      "settings: expected perClass to be 2 or more for means that leave an image out (loss.leaveOneOut), but got 1.",
    );
    expect(() => resolveSettings({}, ["loss.leaveOneOut=some"])).toThrow(
      'settings: expected loss.leaveOneOut to be true or false, but got "some".',
    );
    // @ts-expect-error a word where true or false is meant
    expect(() => structuredGaussianManifold({ leaveOneOut: "yes" })).toThrow(
      'structuredGaussianManifold: expected leaveOneOut to be true or false, but got "yes".',
    );
  });
});
