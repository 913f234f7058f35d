import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { oracle, oracleTest, oracleTrain } from "../fixtures/oracle.ts";
import { classifyByNeighbors } from "./knn-classifier.ts";
import { findNeighbors } from "./neighbors.ts";

const line = (...values: number[]) => new Embeddings(Float32Array.from(values), 1);

describe("classifyByNeighbors", () => {
  it("predicts what scikit-learn predicts", () => {
    const { k, predicted } = oracle.knn;
    const neighbors = findNeighbors(oracleTest, oracleTrain, { k });
    expect(Array.from(classifyByNeighbors(neighbors, oracle.train.labels, 4).predicted)).toEqual(predicted);
  });

  it("gives every neighbour one vote, and a tie to the smaller class", () => {
    const neighbors = findNeighbors(line(0), line(0, 1, 2, 3), { k: 4 });
    const { predicted, shares } = classifyByNeighbors(neighbors, [2, 1, 2, 1], 3);
    expect(predicted[0]).toBe(1);
    expect(Array.from(shares)).toEqual([0, 0.5, 0.5]);
  });

  it("counts only the neighbours there are when some gallery rows hold NaN", () => {
    const neighbors = findNeighbors(line(0), line(Number.NaN, 1, 2), { k: 3 });
    expect(Array.from(classifyByNeighbors(neighbors, [0, 1, 1], 2).shares)).toEqual([0, 1]);
  });

  it("gives a query that holds NaN no class", () => {
    const { predicted, shares } = classifyByNeighbors(findNeighbors(line(Number.NaN), line(1, 2), { k: 2 }), [0, 1], 2);
    expect(predicted[0]).toBe(-1);
    expect(Array.from(shares)).toEqual([Number.NaN, Number.NaN]);
  });

  it("says which gallery label is no class", () => {
    const neighbors = findNeighbors(line(0), line(0, 1), { k: 2 });
    expect(() => classifyByNeighbors(neighbors, [0, 8], 8)).toThrow(
      "classifyByNeighbors: expected gallery labels from 0 to 7, but row 1 has 8.",
    );
    expect(() => classifyByNeighbors(neighbors, [0], 8)).toThrow(
      "classifyByNeighbors: expected gallery labels from 0 to 7, but row 1 has undefined.",
    );
    expect(() => classifyByNeighbors(neighbors, [0, 1], 0)).toThrow(
      "classifyByNeighbors: expected classes to be a whole number above 0, but got 0.",
    );
  });
});
