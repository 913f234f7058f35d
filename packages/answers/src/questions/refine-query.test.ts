import { Embeddings, Random } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { classes, madeSet } from "./fixtures/face-set.ts";
import { refineQuery } from "./refine-query.ts";
import { searchByEmbedding } from "./search.ts";

const rows = (...values: readonly number[][]) => new Embeddings(Float32Array.from(values.flat()), values[0]?.length ?? 1);

describe("refineQuery", () => {
  it("weighs the query, the mean of the liked and the mean of the unliked, by weights that sum to 1", () => {
    const query = Float32Array.of(0, 0);
    const weights = { query: 1, liked: 1, unliked: 0.5 };
    expect(refineQuery({ query, liked: rows([2, 0], [4, 0]) }, { weights })).toEqual(Float32Array.of(1.5, 0));
    expect(refineQuery({ query, unliked: rows([0, 2]) }, { weights })).toEqual(Float32Array.of(0, -2));
    expect(refineQuery({ query, liked: rows([3, 0]), unliked: rows([0, 3]) }, { weights })).toEqual(Float32Array.of(2, -1));
    expect(refineQuery({ liked: rows([2, 0], [4, 0]) })).toEqual(Float32Array.of(3, 0));
    expect(refineQuery({ query })).toEqual(query);
  });

  it("moves with the space, and stays where all agree", () => {
    const random = new Random(3);
    const [q, a, b] = [0, 1, 2].map(() => Array.from({ length: 5 }, () => random.normal())) as [number[], number[], number[]];
    const moved = (row: readonly number[]) => row.map((value) => value + 100);
    const at = refineQuery({ query: Float32Array.from(q), liked: rows(a), unliked: rows(b) });
    const there = refineQuery({ query: Float32Array.from(moved(q)), liked: rows(moved(a)), unliked: rows(moved(b)) });
    for (const [d, value] of moved(Array.from(at)).entries()) expect(there[d]).toBeCloseTo(value, 3);
    const same = refineQuery({ query: Float32Array.from(q), liked: rows(q), unliked: rows(q) });
    for (const [d, value] of q.entries()) expect(same[d]).toBeCloseTo(value, 5);
  });

  it("never lets what was not liked outweigh what was", () => {
    const heavy = { query: 1, liked: 1, unliked: 50 };
    expect(refineQuery({ query: Float32Array.of(0), unliked: rows([1]) }, { weights: heavy })[0]).toBeCloseTo(-1);
  });

  it("refuses too little, other dimensions and weights that are none", () => {
    expect(() => refineQuery({ unliked: rows([1]) })).toThrow("refineQuery: expected a query or a liked face, but got neither.");
    expect(() => refineQuery({ query: Float32Array.of(1), liked: rows([1, 2]) })).toThrow(
      "refineQuery: expected faces of 1 dimensions, but got 2.",
    );
    const weights = { query: 1, liked: -1, unliked: 0 };
    expect(() => refineQuery({ query: Float32Array.of(1) }, { weights })).toThrow(
      "refineQuery: expected weights.liked to be a number from 0, but got -1.",
    );
    expect(() => refineQuery({ query: Float32Array.of(1) }, { weights: { query: 0, liked: 0, unliked: 0 } })).toThrow(
      /expected weights to be above 0 for what is wanted/,
    );
  });
});

describe("a search after faces were liked and not", () => {
  // Faces between classes: of each look, half of them lean to another.
  const set = madeSet(
    Array.from({ length: 80 }, (_, i) => ({ path: `${i}.jpg`, faces: [{ look: classes[i % 4] as string, stray: 2.5 }] })),
  );
  const lookOf = (id: number) => classes[(id - 1) % 4];
  const ranks = (embedding: Float32Array) => {
    const { hits } = searchByEmbedding(set, embedding, { k: 80 });
    return new Map(hits.map(({ face }, rank) => [face, rank]));
  };
  const meanRank = (ranked: ReadonlyMap<number, number>, wanted: (id: number) => boolean) => {
    const own = [...ranked].filter(([id]) => wanted(id)).map(([, rank]) => rank);
    return own.reduce((sum, rank) => sum + rank, 0) / own.length;
  };

  it("ranks the neighbours of liked faces higher than before, and those of unliked ones lower", () => {
    const query = Float32Array.from({ length: 6 }, (_, d) => (d < 2 ? 3.5 : 0)); // between neutral and happiness
    const liked = set.embeddings.take([1, 5, 9]); // happiness
    const unliked = set.embeddings.take([0, 4, 8]); // neutral
    const shown = new Set([2, 6, 10, 1, 5, 9]);
    const before = ranks(query);
    const more = ranks(refineQuery({ query, liked }));
    const less = ranks(refineQuery({ query, unliked }));
    const both = ranks(refineQuery({ query, liked, unliked }));
    const happy = (id: number) => lookOf(id) === "happiness" && !shown.has(id);
    const plain = (id: number) => lookOf(id) === "neutral" && !shown.has(id);
    expect(meanRank(more, happy)).toBeLessThan(meanRank(before, happy) - 3);
    expect(meanRank(less, plain)).toBeGreaterThan(meanRank(before, plain) + 3);
    expect(meanRank(both, happy)).toBeLessThan(meanRank(before, happy) - 3);
    expect(meanRank(both, plain)).toBeGreaterThan(meanRank(before, plain) + 3);
  });
});
