import { afterAll, describe, expect, it } from "vitest";
import { clusterByKMeans } from "../clustering/k-means.ts";
import { Embeddings } from "../embeddings/embeddings.ts";
import { Random } from "../random.ts";
import { findNeighbors } from "../retrieval/neighbors.ts";
import { passesByKernel } from "./k-means.ts";
import { chooseKernels } from "./loaded.ts";
import { wasm } from "./machine.ts";
import { KernelMemory, whereRoom } from "./memory.ts";
import { mixtureTiles } from "./mixtures.ts";

const cloud = (rows: number, columns: number) => {
  const random = new Random(rows);
  return new Embeddings(
    Float32Array.from({ length: rows * columns }, () => random.uniform()),
    columns,
  );
};

/** A memory of one page that may not grow, as where a process has no addresses left. */
const full = () => ({
  buffer: new SharedArrayBuffer(65_536),
  grow: () => {
    throw new RangeError("no more");
  },
});

describe("the kernels' memory", () => {
  afterAll(() => chooseKernels({}));

  it("answers for what has no room, and for nothing else", () => {
    const memory = new KernelMemory(full());
    expect(whereRoom(() => memory.room(60_000))).toBe(512);
    expect(whereRoom(() => memory.room(60_000))).toBeUndefined();
    memory.begin();
    expect(whereRoom(() => memory.room(5_000_000_000))).toBeUndefined();
    expect(() =>
      whereRoom(() => {
        throw new RangeError("another");
      }),
    ).toThrow("another");
  });

  it("leaves what is too large for it to the plain code", () => {
    chooseKernels({ instructions: "simd", threads: 16 });
    expect(passesByKernel(new Float32Array(40_000), 10_000, 10_000)).toBeUndefined();
    const wide = { values: new Float32Array(600_000), columns: 300_000, k: 1, full: false, means: new Float64Array(300_000) };
    const factors = { constants: new Float64Array(1), factors: new Float64Array(300_000) };
    expect(mixtureTiles(wide, () => factors)).toBeUndefined();
    expect(passesByKernel(new Float32Array(40_000), 10_000, 4)).toBeDefined();
  });

  it("serves searches and clusterings where it cannot grow", () => {
    const X = cloud(300, 64);
    const answers = () => [findNeighbors(X, X, { k: 3 }).rows, clusterByKMeans(X, { k: 30, restarts: 1, iterations: 3 }).clusters];
    chooseKernels({ instructions: "none" });
    const plain = answers();
    const { prototype } = (wasm as NonNullable<typeof wasm>).Memory as unknown as { readonly prototype: { grow: () => number } };
    const { grow } = prototype;
    try {
      prototype.grow = full().grow;
      chooseKernels({ instructions: "simd", threads: 1 });
      expect(answers()).toEqual(plain);
    } finally {
      prototype.grow = grow;
    }
  });
});
