import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { evaluate } from "../evaluation/evaluate.ts";
import { summary } from "../evaluation/summary.ts";
import { recallAtK } from "../metrics/recall-at-k.ts";
import { Random } from "../random.ts";
import { keptApart } from "./leave-out.ts";
import { findNeighbors, type Neighbors } from "./neighbors.ts";

/** Two people, two recordings each, two frames of each; frames of a recording lie beside each other, and recordings are of no one class. */
const people = ["Ann", "Ann", "Ann", "Ann", "Bea", "Bea", "Bea", "Bea"];
const sequences = ["A1", "A1", "A2", "A2", "B1", "B1", "B2", "B2"];
const labels = Int32Array.of(0, 0, 1, 1, 1, 1, 0, 0);
const X = new Embeddings(Float32Array.of(0, 0.1, 2, 2.1, 5, 5.1, 9, 9.1), 1, { people, sequences, labels });
const nearest = ({ rows, queries, k }: Neighbors) => Array.from({ length: queries }, (_, i) => rows[i * k]);

describe("rows of one recording", () => {
  it("are not each other's neighbours unless told so", () => {
    const find = (leaveOut?: "sequence" | "person" | "nothing") =>
      nearest(findNeighbors(X, X, { k: 1, excludeSelf: true, ...(leaveOut && { leaveOut }) }));
    expect(find()).toEqual([2, 2, 1, 1, 3, 3, 5, 5]);
    expect(find("sequence")).toEqual(find());
    expect(find("person")).toEqual([4, 4, 4, 4, 3, 3, 3, 3]);
    expect(find("nothing")).toEqual([1, 0, 3, 2, 5, 4, 7, 6]);
  });

  it("are left out of a gallery, too, and the places of a query that may find too few stay empty", () => {
    const gallery = X.take([1, 2, 6]);
    const { rows, apart } = findNeighbors(X.take([0, 3]), gallery, { k: 3 });
    expect([...rows]).toEqual([1, 2, -1, 0, 2, -1]);
    expect(apart).toEqual({ queries: Int32Array.of(0, 1), gallery: Int32Array.of(0, 1, 2) });
  });

  it("are found as by leaving them out of every search by hand, in a gallery of several blocks", () => {
    const random = new Random(5);
    const values = Float32Array.from({ length: 1500 * 64 }, () => random.normal());
    const of = Array.from({ length: 1500 }, (_, i) => (i % 7 === 0 ? "" : `video ${Math.floor(i / 3)}`));
    const all = new Embeddings(values, 64, { sequences: of });
    const { rows } = findNeighbors(all.take([0, 1, 700, 1499]), all, { k: 5 });
    for (const [q, i] of [0, 1, 700, 1499].entries()) {
      const kept = [...of.keys()].filter((j) => of[i] === "" || of[j] !== of[i]);
      const alone = findNeighbors(all.take([i]), new Embeddings(all.take(kept).values, 64), { k: 5 });
      expect([...rows.subarray(5 * q, 5 * q + 5)]).toEqual([...alone.rows].map((row) => kept[row]));
    }
  });

  it("are kept apart only where both sides say of which recording they are", () => {
    expect(keptApart("x", "sequence", { sequences: ["a"] }, {})).toBeUndefined();
    expect(keptApart("x", "person", { people: ["Ann", ""] }, { people: ["", "Ann"] })).toEqual({
      queries: Int32Array.of(0, -1),
      gallery: Int32Array.of(-1, 0),
    });
    expect(() => findNeighbors(X, X, { k: 1, leaveOut: "frame" as "person" })).toThrow(
      'findNeighbors: expected leaveOut to be sequence, person, nothing, but got "frame".',
    );
  });

  it("do not make Recall@K of what is only the next frame", () => {
    const recall = (leaveOut: "sequence" | "person" | "nothing") =>
      recallAtK(findNeighbors(X, X, { k: 1, excludeSelf: true, leaveOut }), labels, 1);
    expect([recall("nothing"), recall("sequence"), recall("person")]).toEqual([1, 0.25, 0.5]);
  });

  it("leave a query out of Recall@K whose class has no member but in its own recording", () => {
    const own = Int32Array.of(0, 0, 1, 1, 1, 1, 2, 2);
    const neighbors = findNeighbors(X, X, { k: 1, excludeSelf: true });
    // Classes 0 and 2 have one recording each; of the four queries of class 1 two find the other recording of it.
    expect(recallAtK(neighbors, own, 1)).toBe(0.5);
    expect(recallAtK(findNeighbors(X, X, { k: 1, excludeSelf: true, leaveOut: "nothing" }), own, 1)).toBe(1);
  });
});

describe("an evaluation", () => {
  it("leaves rows of one recording out of votes and of retrieval, and counts them", () => {
    const [train, test] = [X.take([0, 2, 4, 6]), X.take([1, 3, 5, 7])];
    const measure = (leaveOut?: "nothing" | "person") =>
      evaluate(train, test, { k: 1, bootstrap: 0, restarts: 1, ...(leaveOut && { leaveOut }) });
    expect([measure("nothing").metrics.accuracy.value, measure().metrics.accuracy.value]).toEqual([100, 25]);
    expect([measure().leftOut, measure().settings.leaveOut]).toEqual([{ test: 0, train: 4 }, "sequence"]);
    expect([measure("person").leftOut, summary(measure("person")).leftOut]).toEqual([
      { test: 4, train: 4 },
      { test: 4, train: 4 },
    ]);
    expect(measure("nothing").leftOut).toBeUndefined();
  });
});
