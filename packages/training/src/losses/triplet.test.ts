import { Random } from "@semblant/core";
import { autocast, grad, liveTensors, type Tensor, tensor, tidy } from "@semblant/torch";
import { describe, expect, it } from "vitest";
import type { PairLoss } from "./pairs.ts";
import { triplet } from "./triplet.ts";

describe("triplet loss", () => {
  it("is the mean over triplets of how much nearer than a margin the negative is, distances not squared", () => {
    // Two triplets in thirds: ‖a−p‖ 5, ‖a−n‖ 5.5, so 0.5; and 1 against 10, so 0.
    const Z = tensor([
      [0, 0],
      [0, 0],
      [3, 4],
      [0, 1],
      [0, 5.5],
      [6, 8],
    ]);
    const loss = triplet({ margin: 1, mining: "given" });
    expect(loss(Z, Int32Array.of(0, 0, 0, 0, 1, 1)).item()).toBeCloseTo(0.25, 6);
    expect(loss.report?.()).toEqual({ triplets: 2, activeTriplets: 0.5 });
  });

  it("is 0, with gradient 0, when every negative is a margin farther than its positive", () => {
    const z = tensor([[0], [0.5], [2], [2.5]], { requiresGrad: true });
    const loss = triplet({ margin: 1, mining: "batch-hard" });
    const value = loss(z, Int32Array.of(0, 0, 1, 1));
    expect(value.item()).toBe(0);
    expect(Array.from(grad(value, [z])[0]?.data() as Float32Array).every((x) => Math.abs(x) === 0)).toBe(true);
    expect(loss.report?.().activeTriplets).toBe(0);
  });

  it("is the margin when all embeddings are one point, and its gradient there is zero, not NaN", () => {
    const z = tensor(
      [
        [1, 2],
        [1, 2],
        [1, 2],
        [1, 2],
      ],
      { requiresGrad: true },
    );
    for (const mining of ["semi-hard", "batch-hard"] as const) {
      const value = triplet({ margin: 0.7, mining, regularizer: 0 })(z, Int32Array.of(0, 0, 1, 1));
      expect(value.item()).toBeCloseTo(0.7, 6);
      expect(Array.from(grad(value, [z])[0]?.data() as Float32Array)).toEqual(Array(8).fill(0));
    }
    const origin = tensor(
      [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
      { requiresGrad: true },
    );
    const value = triplet({ mining: "given", regularizer: 0.001 })(origin, Int32Array.of(0, 0, 1));
    expect(Array.from(grad(value, [origin])[0]?.data() as Float32Array)).toEqual(Array(6).fill(0));
  });

  it("takes the farthest positive and the nearest negative of each row when mining is batch-hard", () => {
    const Z = tensor([[0], [1], [3], [5], [5.5]]);
    // rows 0 1 2 | 3 4: (3 − 5) (2 − 4) (3 − 2) (0.5 − 2) (0.5 − 2.5), each + 1
    expect(triplet({ mining: "batch-hard" })(Z, Int32Array.of(0, 0, 0, 1, 1)).item()).toBeCloseTo(2 / 5, 6);
  });

  it("takes the nearest negative beyond each positive when mining is semi-hard, else the farthest", () => {
    const Z = tensor([[0], [2], [1], [2.5], [-4]]);
    const loss = triplet({ mining: "semi-hard" });
    // anchor 0, positive at distance 2: negatives at 1, 2.5, 4 → 2.5; anchor 1: at 1, 0.5, 6 → 6. The negatives have positives too:
    // 1 → 2.5 (1.5): negatives 1, 1, none beyond → 1; 1 → −4 (5): 1; 2.5 → 1 (1.5): 2.5 away; 2.5 → −4 (6.5): 2.5;
    // −4 → 1 (5): 6; −4 → 2.5 (6.5): 6.
    const terms = [2 - 2.5, 2 - 6, 1.5 - 1, 5 - 1, 1.5 - 2.5, 6.5 - 2.5, 5 - 6, 6.5 - 6].map((gap) => Math.max(0, gap + 1));
    expect(loss(Z, Int32Array.of(0, 0, 1, 1, 1)).item()).toBeCloseTo(terms.reduce((a, b) => a + b) / 8, 6);
    expect(loss.report?.().triplets).toBe(8);
  });

  it("draws one positive and one negative for each row when mining is random, the same for the same seed", () => {
    const random = new Random(4);
    const Z = tensor(Array.from({ length: 20 }, () => [random.normal(), random.normal()]));
    const labels = Int32Array.from({ length: 20 }, (_, i) => i % 3);
    const values = (seed: number) => {
      const loss = triplet({ random: new Random(seed) });
      return [loss(Z, labels).item(), loss(Z, labels).item(), loss.report?.().triplets];
    };
    expect(values(1)).toEqual(values(1));
    expect(values(1)[2]).toBe(20);
    expect(values(1)[0]).not.toBe(values(1)[1]);
    expect(values(1)[0]).not.toBe(values(2)[0]);
  });

  it("adds the Frobenius norms of anchors, positives and negatives, weighed by the regularizer", () => {
    const Z = tensor([
      [0, 0],
      [3, 4],
      [30, 40],
    ]);
    const labels = Int32Array.of(0, 0, 1);
    const [plain, regular] = [0, 0.001].map((regularizer) => triplet({ mining: "given", regularizer })(Z, labels).item());
    expect((regular as number) - (plain as number)).toBeCloseTo(0.001 * (0 + 5 + 50), 6);
  });

  it("counts votes for the class with most", () => {
    const Z = tensor([[0], [1], [3], [5], [5.5]]);
    const votes = tensor([
      [0.9, 0.1],
      [0.6, 0.4],
      [0.7, 0.3],
      [0.2, 0.8],
      [0, 1],
    ]);
    const loss = triplet({ mining: "batch-hard" });
    expect(loss(Z, votes).item()).toBe(loss(Z, Int32Array.of(0, 0, 0, 1, 1)).item());
  });

  it("skips rows that have no partner, and is 0 with gradient 0 for a batch that has no triplet at all", () => {
    const loss = triplet({ mining: "batch-hard", regularizer: 0.1 });
    loss(tensor([[0], [1], [9]]), Int32Array.of(0, 0, 1));
    expect(loss.report?.().triplets).toBe(2);
    const z = tensor([[0.5], [1]], { requiresGrad: true });
    const value = loss(z, Int32Array.of(0, 0));
    expect(value.item()).toBe(0);
    expect(Array.from(grad(value, [z])[0]?.data() as Float32Array)).toEqual([0, 0]);
    expect(loss.report?.()).toEqual({ triplets: 0, activeTriplets: 0 });
    expect(() => triplet({ mining: "given" })(tensor([[0], [1]]), Int32Array.of(0, 0))).toThrow(
      "triplet: expected anchors, positives and negatives in thirds of the batch, but got 2 rows.",
    );
  });

  it("looks at directions only when it is told to normalize, with a margin of 0.2 unless told otherwise", () => {
    const loss = triplet({ mining: "batch-hard", normalize: true });
    const value = loss(tensor([[3], [0.1], [-7]]), Int32Array.of(0, 0, 1));
    expect(loss.settings.margin).toBe(0.2);
    expect(value.item()).toBe(0); // points at 1, 1 and −1
    expect(triplet({ mining: "batch-hard", normalize: true, margin: 3 })(tensor([[3], [0.1], [-7]]), Int32Array.of(0, 0, 1)).item()).toBe(
      1,
    );
  });

  it("draws a negative for each pair when mining is distance-weighted, none of them beyond 1.4", () => {
    const random = new Random(8);
    const Z = tensor(Array.from({ length: 30 }, () => Array.from({ length: 3 }, () => random.normal())));
    const labels = Int32Array.from({ length: 30 }, (_, i) => i % 3);
    const loss = triplet({ mining: "distance-weighted", random: new Random(1), margin: 5 });
    loss(Z, labels);
    expect(loss.report?.()).toEqual({ triplets: 30 * 9, activeTriplets: 1 });
    const opposite = tensor([[1], [1], [-1], [-1]]);
    loss(opposite, Int32Array.of(0, 0, 1, 1));
    expect(loss.report?.().triplets).toBe(0);
  });

  it("keeps the state of what it draws by in its module, so that another goes on from there", () => {
    const random = new Random(4);
    const Z = tensor(Array.from({ length: 20 }, () => [random.normal(), random.normal()]));
    const labels = Int32Array.from({ length: 20 }, (_, i) => i % 3);
    for (const mining of ["random", "distance-weighted"] as const) {
      const [one, other] = [0, 99].map((seed) => triplet({ mining, random: new Random(seed) })) as [PairLoss, PairLoss];
      one(Z, labels);
      other.module?.loadStateDict(one.module?.stateDict() as Map<string, Tensor>);
      expect(one.module?.parameters()).toEqual([]);
      expect([other(Z, labels).item(), other(Z, labels).item()]).toEqual([one(Z, labels).item(), one(Z, labels).item()]);
    }
  });

  it("computes in float32 inside a bfloat16 training step, and leaves no tensor behind but its value", () => {
    const Z = tensor([[0.123], [1.456], [3.789], [5.012]]);
    const labels = Int32Array.of(0, 0, 1, 1);
    const loss = triplet({ mining: "batch-hard", regularizer: 0.01, margin: 5 });
    const outside = loss(Z, labels).item();
    const before = liveTensors();
    const inside = tidy(() => autocast("bfloat16", () => loss(Z, labels)));
    expect(liveTensors()).toBe(before + 1);
    expect(inside.item()).toBe(outside);
  });

  it("says which option is wrong", () => {
    const random = new Random(0);
    expect(() => triplet({ margin: 0, random })).toThrow("triplet: expected margin to be a number above 0, but got 0.");
    expect(() => triplet({ regularizer: -1, random })).toThrow("triplet: expected regularizer to be a number from 0, but got -1.");
    // @ts-expect-error a name that is not a mining
    expect(() => triplet({ mining: "hard" })).toThrow(
      'triplet: expected mining to be one of given, random, semi-hard, batch-hard, distance-weighted, but got "hard".',
    );
    expect(() => triplet({ mining: "distance-weighted", normalize: false, random })).toThrow(
      'triplet: expected normalize to be true for mining "distance-weighted", but got false.',
    );
    expect(() => triplet()).toThrow('triplet: expected random to be a Random for mining "random", but got nothing.');
  });
});
