import { afterAll, describe, expect, it } from "vitest";
import { kMeans } from "../clustering/k-means.ts";
import { moveToMeans } from "../clustering/lloyd.ts";
import { plainPasses } from "../clustering/plain-passes.ts";
import { Embeddings } from "../embeddings/embeddings.ts";
import { Random } from "../random.ts";
import { findNeighbors } from "../retrieval/neighbors.ts";
import { passesByKernel } from "./k-means.ts";
import { chooseKernels, type Instructions, kernels } from "./loaded.ts";
import { candidatesOf } from "./row-tiles.ts";

const cloud = (rows: number, columns: number, value: (random: Random, i: number) => number = (random) => random.normal()) => {
  const random = new Random(rows + columns);
  return Float32Array.from({ length: rows * columns }, (_, i) => value(random, i));
};

/** Eight clouds, apart from each other. */
const clouds = (rows: number, columns: number) =>
  new Embeddings(
    cloud(rows, columns, (random, i) => 9 * Math.sin(1 + (Math.floor(i / columns) % 8) * ((i % columns) + 1)) + random.normal()),
    columns,
  );

const close = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a, (value, i) => Math.abs(value - (b[i] as number)) <= 1e-12 * Math.max(Math.abs(value), Number.MIN_VALUE)).every(Boolean);

const cases: readonly (readonly [string, Float32Array, number, number])[] = [
  ["one column", cloud(300, 1), 1, 3],
  ["65 columns and five centers", cloud(3_000, 65), 65, 5],
  ["64 columns and 40 centers", cloud(2_500, 64), 64, 40],
  ["whole numbers, so that many are equally far", cloud(500, 3, (r) => r.integer(3)), 3, 9],
  ["rows that are all the same", cloud(200, 6, () => 0.1), 6, 4],
  ["huge numbers", cloud(200, 6, (r) => 5e37 * r.normal()), 6, 4],
  ["tiny numbers", cloud(200, 6, (r) => 1e-43 * r.normal()), 6, 4],
];

describe.each<[Instructions, number]>([
  ["relaxed", 1],
  ["simd", 1],
  ["relaxed", 3],
])("the passes of k-means by the kernel, %s instructions and %i threads", (instructions, threads) => {
  const passes = (values: Float32Array, columns: number, k: number) => {
    chooseKernels({ instructions, threads });
    return passesByKernel(values, columns, k);
  };
  afterAll(() => chooseKernels({}));

  it.each(cases)("are those of the plain code: %s", (_, values, columns, k) => {
    const kernel = passes(values, columns, k);
    if (kernel === undefined) return;
    const plain = plainPasses(values, columns);
    const rows = values.length / columns;
    const state = () => ({ clusters: new Int32Array(rows).fill(-1), squares: new Float64Array(rows), beyond: new Float64Array(rows) });
    const [ours, theirs] = [state(), state()];
    const start = () => Float64Array.from(values.subarray(0, k * columns), (value) => 1.01 * value);
    const [centers, centersThere] = [start(), start()];
    for (let pass = 0, moved = 1; pass < 4 && moved > 0; pass++) {
      if (pass > 0) {
        moveToMeans(kernel, centers, columns, ours);
        moveToMeans(plain, centersThere, columns, theirs);
      }
      const [a, b] = [kernel.assign(centers, ours), plain.assign(centersThere, theirs)];
      expect(a.moved).toBe(b.moved);
      expect(Math.abs(a.inertia - b.inertia)).toBeLessThanOrEqual(1e-9 * b.inertia);
      expect(ours.clusters).toEqual(theirs.clusters);
      const scale = centersThere.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expect(centers.every((value, i) => Math.abs(value - (centersThere[i] as number)) <= 1e-12 * scale)).toBe(true);
      // A bound from below is as good, and what the kernel gives where float32 tells the centers apart.
      expect(ours.beyond.every((bound, i) => bound >= 0 && bound <= (theirs.beyond[i] as number) * (1 + 1e-9))).toBe(true);
      moved = a.moved;
    }
    kernel.measure(centersThere, ours);
    plain.measure(centersThere, theirs);
    expect(close(ours.squares, theirs.squares)).toBe(true);
    const draws = [0, 7, 3, 9, 5].slice(0, candidatesOf(k));
    for (const [c, one] of kernel.nearer(ours.squares, draws).entries()) {
      const there = plain.nearer(theirs.squares, draws)[c] as typeof one;
      expect(close(one.squares, there.squares)).toBe(true);
      expect(close([one.sum], [there.sum])).toBe(true);
    }
  });

  it("lead to the clusters of the plain code, inertia never growing, whatever else uses the kernels meanwhile", () => {
    if (passes(new Float32Array(2), 1, 1) === undefined) return;
    const X = clouds(6_000, 16);
    const steps = kMeans(X, { k: 8, restarts: 2, random: new Random(4) });
    let [step, before] = [steps.next(), { restart: -1, inertia: 0 }];
    for (; !step.done; step = steps.next()) {
      if (step.value.restart === before.restart) expect(step.value.inertia).toBeLessThanOrEqual(before.inertia * (1 + 1e-10));
      before = step.value;
      findNeighbors(X.take(Array.from({ length: 200 }, (_, i) => i)), X, { k: 2 });
    }
    chooseKernels({ instructions: "none" });
    const there = kMeans(X, { k: 8, restarts: 2, random: new Random(4) });
    let plain = there.next();
    while (!plain.done) plain = there.next();
    expect(kernels()).toBeUndefined();
    expect(step.value.clusters).toEqual(plain.value.clusters);
    expect(close(step.value.centers, plain.value.centers)).toBe(true);
    expect(step.value.restart).toBe(plain.value.restart);
    expect(step.value.iterations).toBe(plain.value.iterations);
  });
});
