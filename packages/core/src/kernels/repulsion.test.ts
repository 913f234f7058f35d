import { afterAll, describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { nearestRows } from "../projection/nearest-rows.ts";
import { Quadtree } from "../projection/quadtree.ts";
import { projectByTsne } from "../projection/tsne.ts";
import { nearestOthers } from "../projection/vantage-point-tree.ts";
import { Random } from "../random.ts";
import { chooseKernels, type Instructions, kernels } from "./loaded.ts";

const random = new Random(4);
const scattered = (points: number, spread = 20) => Float64Array.from({ length: 2 * points }, () => random.normal(0, spread));

const maps: readonly (readonly [string, Float64Array, number])[] = [
  ["scattered", scattered(3000), 0.5],
  ["an odd number of points", scattered(777), 0.8],
  ["a start as narrow as t-SNE's", scattered(1000, 1e-4), 0.5],
  ["every pair, in a list of several parts", scattered(1500), 1e-6],
  ["on a line", scattered(900).map((y, j) => (j % 2 === 0 ? y : 3)), 0.5],
  ["forty of one place, and all of another", scattered(600).map((y, j) => (j < 80 ? 5 : j > 1000 ? -7 : y)), 0.5],
  ["all in one place", new Float64Array(1200).fill(2), 0.5],
  ["one point a million times farther out", scattered(600).map((y, j) => (j < 2 ? 1e6 : y)), 0.5],
];

describe.each<[Instructions, number]>([
  ["relaxed", 1],
  ["simd", 1],
  ["relaxed", 3],
])("how points push each other apart by the kernel, %s instructions and %i threads", (instructions, threads) => {
  const here = () => {
    chooseKernels({ instructions, threads });
    return kernels() !== undefined;
  };
  afterAll(() => chooseKernels({}));

  it.each(maps)("is what the plain code sums, to the bit: %s", (_, positions, theta) => {
    if (!here()) return;
    const tree = new Quadtree(positions.length / 2, theta);
    tree.build(positions);
    const [byKernel, plain] = [new Float64Array(positions.length), new Float64Array(positions.length)];
    const Z = tree.repulsion(byKernel);
    expect(Z).toBe(tree.repulsionPlainly(plain));
    expect(Buffer.from(byKernel.buffer).equals(Buffer.from(plain.buffer))).toBe(true);
  });

  it("makes the map that is made without kernels, to the bit", () => {
    if (!here()) return;
    const X = new Embeddings(
      Float32Array.from({ length: 700 * 14 }, (_, j) => (Math.floor(j / 14) % 5) * 2 + random.normal()),
      14,
    );
    const byKernel = projectByTsne(X, { iterations: 30, perplexity: 20 });
    chooseKernels({ instructions: "none" });
    expect(projectByTsne(X, { iterations: 30, perplexity: 20 })).toEqual(byKernel);
  });
});

describe("the nearest rows that a map attends to", () => {
  it("are those of the tree, to the bit, whoever finds them", () => {
    for (const columns of [3, 12]) {
      const X = new Embeddings(
        Float32Array.from({ length: 520 * columns }, () => random.integer(columns < 12 ? 9 : 4)),
        columns,
      );
      expect(nearestRows(X, 30)).toEqual(nearestOthers(Float64Array.from(X.values), columns, 30));
    }
  });
});
