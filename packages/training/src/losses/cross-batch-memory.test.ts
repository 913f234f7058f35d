import { readFileSync } from "node:fs";
import { Random } from "@semblant/core";
import { grad, type Tensor, tensor } from "@semblant/torch";
import { describe, expect, it } from "vitest";
import { contrastive } from "./contrastive.ts";
import { crossBatchMemory } from "./cross-batch-memory.ts";
import { liftedStructure } from "./lifted-structure.ts";
import type { Loss } from "./loss.ts";
import type { PairLoss } from "./pairs.ts";
import { supervisedContrastive } from "./supervised-contrastive.ts";
import { triplet } from "./triplet.ts";

interface StoredMemory {
  readonly loss: string;
  readonly options: Record<string, never>;
  readonly size: number;
  readonly steps: { embeddings: number[][]; labels: number[]; value: number; gradient: number[] }[];
}
/** Made by fixtures/make.py. */
const stored = (
  JSON.parse(readFileSync(`${import.meta.dirname}/fixtures/metric-losses.json`, "utf8")) as { readonly memory: StoredMemory[] }
).memory;
const makers: Record<string, (options: Record<string, never>) => PairLoss> = { contrastive, supervisedContrastive, triplet };

const gradientOf = (loss: Loss, Z: number[][], labels: readonly number[]) => {
  const z = tensor(Z, { dtype: "float64", requiresGrad: true });
  const L = loss(z, Int32Array.from(labels));
  return { value: L.item(), gradient: Array.from(grad(L, [z])[0]?.data() as Float64Array) };
};
const scattered = (seed: number, rows = 9) => {
  const random = new Random(seed);
  return Array.from({ length: rows }, () => Array.from({ length: 4 }, () => random.normal()));
};
const labels9 = [0, 1, 2, 0, 1, 2, 0, 1, 2];

describe("cross-batch memory", () => {
  for (const { loss, options, size, steps } of stored) {
    it(`gives the stored values and gradients over four batches and once around the ring: ${loss}, ${JSON.stringify(options)}`, () => {
      const remembering = crossBatchMemory((makers[loss] as (typeof makers)[string])(options), 4, { size });
      for (const step of steps) {
        const { value, gradient } = gradientOf(remembering, step.embeddings, step.labels);
        expect(value).toBeCloseTo(step.value, 5); // what is remembered is float32
        for (const [k, expected] of step.gradient.entries()) expect(gradient[k]).toBeCloseTo(expected, 5);
      }
    });
  }

  it("that holds only the batch gives the loss its value and half its gradient, for symmetric losses", () => {
    const Z = scattered(1).map((row) => row.map(Math.fround));
    const plain = gradientOf(contrastive(), Z, labels9);
    const remembering = gradientOf(crossBatchMemory(contrastive(), 4, { size: 9 }), Z, labels9);
    expect(remembering.value).toBeCloseTo(plain.value, 6);
    for (const [k, g] of remembering.gradient.entries()) expect(2 * g).toBeCloseTo(plain.gradient[k] as number, 6);
  });

  it("finds a partner for a row whose own batch has none", () => {
    const loss = crossBatchMemory(contrastive({ normalize: false }), 1, { size: 4 });
    expect(loss(tensor([[0]]), Int32Array.of(0)).item()).toBe(0);
    expect(loss(tensor([[0.25]]), Int32Array.of(0)).item()).toBe(0.25);
    expect(contrastive({ normalize: false })(tensor([[0.25]]), Int32Array.of(0)).item()).toBe(0);
  });

  it("forgets the oldest rows first", () => {
    const loss = crossBatchMemory(contrastive({ normalize: false, margin: 100 }), 1, { size: 2 });
    loss(tensor([[0], [10]]), Int32Array.of(0, 1));
    expect(loss(tensor([[4]]), Int32Array.of(0)).item()).toBe(100 - 6); // the row at 0, its partner, has gone
    expect(loss(tensor([[5]]), Int32Array.of(0)).item()).toBe(1); // and so has its rival at 10
  });

  it("goes on from its state as if nothing had been between", () => {
    const make = () => crossBatchMemory(triplet({ mining: "distance-weighted", random: new Random(5) }), 4, { size: 20 });
    const [whole, resumed] = [make(), make()];
    for (const seed of [1, 2]) whole(tensor(scattered(seed)), Int32Array.from(labels9));
    resumed.module?.loadStateDict(whole.module?.stateDict() as Map<string, Tensor>);
    for (const seed of [3, 4, 5]) {
      const Z = tensor(scattered(seed));
      expect(resumed(Z, Int32Array.from(labels9)).item()).toBe(whole(Z, Int32Array.from(labels9)).item());
    }
    expect([...(whole.module?.stateDict().keys() ?? [])]).toEqual(["embeddings", "classes", "seen", "loss.random"]);
    expect(whole.module?.parameters()).toEqual([]);
  });

  it("has the gradient that finite differences give, what is remembered held still", () => {
    const Z = scattered(7);
    const labels = Int32Array.from(labels9);
    const memory = {
      embeddings: tensor(scattered(8, 12), { dtype: "float64" }),
      classes: labelsOf(12),
      own: tensor(Int32Array.of(...labels9.map((_, i) => i)), { dtype: "int64" }),
    };
    for (const loss of [contrastive(), supervisedContrastive(), triplet({ mining: "semi-hard" })]) {
      const classes = tensor(labels, { dtype: "int64" });
      const at = (values: number[][]) => loss.against(tensor(values, { dtype: "float64" }), classes, memory).item();
      const z = tensor(Z, { dtype: "float64", requiresGrad: true });
      const gradient = grad(loss.against(z, classes, memory), [z])[0]?.data() as Float64Array;
      gradient.forEach((slope, k) => {
        const moved = (by: number) => Z.map((row, i) => row.map((x, j) => (i * 4 + j === k ? x + by : x)));
        expect((at(moved(1e-5)) - at(moved(-1e-5))) / 2e-5).toBeCloseTo(slope, 6);
      });
    }
  });

  it("keeps the name and settings of what it holds, and its report", () => {
    const loss = crossBatchMemory(triplet({ mining: "batch-hard" }), 4, { size: 30 });
    loss(tensor(scattered(1)), Int32Array.from(labels9));
    expect(loss.settings).toEqual({
      margin: 1,
      mining: "batch-hard",
      regularizer: 0,
      normalize: false,
      loss: "triplet",
      dimensions: 4,
      size: 30,
    });
    expect(loss.report?.().triplets).toBe(9);
    expect(crossBatchMemory(contrastive(), 4).normalized).toBe(true);
  });

  it("refuses losses that need both ends of a pair in the batch, and batches larger than itself", () => {
    expect(() => crossBatchMemory(liftedStructure() as PairLoss, 4)).toThrow(
      "crossBatchMemory: expected a loss whose rows can be compared with earlier batches, but got liftedStructure.",
    );
    expect(() => crossBatchMemory(triplet({ mining: "given" }), 4)).toThrow(
      'crossBatchMemory: expected the mining of its triplets to be one that looks for them, but got "given".',
    );
    expect(() => crossBatchMemory(contrastive(), 4, { size: 0 })).toThrow(
      "crossBatchMemory: expected size to be a whole number above 0, but got 0.",
    );
    const loss = crossBatchMemory(contrastive(), 4, { size: 8 });
    expect(() => loss(tensor(scattered(1)), Int32Array.from(labels9))).toThrow(
      "crossBatchMemory: expected a batch of at most the 8 rows that the memory holds, but got 9.",
    );
    expect(() => loss(tensor([[1, 2]]), Int32Array.of(0))).toThrow(
      "crossBatchMemory: expected embeddings of 4 dimensions, but got (1, 2).",
    );
  });
});

function labelsOf(rows: number): Tensor {
  return tensor(
    Int32Array.from({ length: rows }, (_, i) => i % 3),
    { dtype: "int64" },
  );
}
