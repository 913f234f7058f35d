import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { Random } from "../random.ts";
import { firstNeighbors } from "./first-neighbors.ts";
import { findNeighbors } from "./neighbors.ts";

describe("first neighbors", () => {
  const random = new Random(3);
  const cloud = (rows: number) =>
    new Embeddings(
      Float32Array.from({ length: rows * 3 }, () => random.normal()),
      3,
    );
  const [gallery, queries] = [cloud(40), cloud(9)];

  it("are those that a search for fewer finds", () => {
    const all = findNeighbors(queries, gallery, { k: 17 });
    for (const k of [1, 5, 17]) expect(firstNeighbors(all, k)).toEqual(findNeighbors(queries, gallery, { k }));
  });

  it("cannot be more than were found", () => {
    const few = findNeighbors(queries, gallery, { k: 2 });
    expect(() => firstNeighbors(few, 3)).toThrow("firstNeighbors: expected k to be a whole number from 1 to the 2 found, but got 3.");
  });
});
