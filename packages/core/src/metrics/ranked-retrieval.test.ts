import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Embeddings, type RowFacts } from "../embeddings/embeddings.ts";
import { Random } from "../random.ts";
import { findNeighbors } from "../retrieval/neighbors.ts";
import { rankedRetrieval } from "./ranked-retrieval.ts";

const line = (values: readonly number[], labels: readonly number[], facts: RowFacts = {}) =>
  new Embeddings(Float32Array.from(values), 1, { ...facts, labels: Int32Array.from(labels) });

/** One query at 0 of class 1, and a gallery in the order of its ranks. */
const ranks = (classes: readonly number[]) =>
  rankedRetrieval(
    line([0], [1]),
    line(
      classes.map((_, i) => i + 1),
      classes,
    ),
  );

/** The definitions, word by word, on the whole ranking of every query. */
function byDefinition(queries: Embeddings, gallery: Embeddings, itself: (i: number) => number) {
  const some = (i: number) => (itself(i) >= 0 ? 1 : 0);
  return Array.from({ length: queries.rows }, (_, i) => {
    const label = queries.labels?.[i];
    // Without the query itself, which is passed over below: the neighbours of one row more.
    const { rows } = findNeighbors(queries.take([i]), gallery, { k: gallery.rows });
    const ranking = Array.from(rows).filter((row) => row >= 0 && row !== itself(i));
    const right = ranking.map((row) => gallery.labels?.[row] === label);
    const R = Array.from(gallery.labels as Int32Array).filter((other) => other === label).length - some(i);
    if (R === 0) return [Number.NaN, Number.NaN, Number.NaN];
    const precision = (n: number) => right.slice(0, n).filter(Boolean).length / n;
    const P = Array.from({ length: R }, (_, n) => (right[n] ? precision(n + 1) : 0));
    const first = right.indexOf(true);
    return [P.reduce((a, b) => a + b, 0) / R, right.slice(0, R).filter(Boolean).length / R, first < 0 ? 0 : 1 / (first + 1)];
  });
}

const close = (found: ArrayLike<number>, expected: readonly (number | undefined)[]) => {
  expect(found.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) {
    if (Number.isNaN(value)) expect(found[i]).toBeNaN();
    else expect(found[i]).toBeCloseTo(value as number, 12);
  }
};

describe("MAP@R, R-precision and reciprocal rank", () => {
  it("are what Musgrave et al. print for ten rows of the class, of which the first ten ranks have some (table 4)", () => {
    const others = Array(90).fill(0);
    const found = (...places: number[]) => {
      const first = Array.from({ length: 10 }, (_, i) => (places.includes(i + 1) ? 1 : 0));
      const { mapAtR, rPrecision } = ranks([...first, ...others, ...Array(10 - places.length).fill(1)]);
      return [rPrecision, mapAtR].map((value) => Math.round(1000 * value) / 10);
    };
    expect(found(1)).toEqual([10, 10]);
    expect(found(1, 10)).toEqual([20, 12]);
    expect(found(1, 2)).toEqual([20, 20]);
    expect(found(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)).toEqual([100, 100]);
  });

  it("are worked by hand: of three of the class the ranks 1, 3 and 4", () => {
    const { mapAtR, rPrecision, mrr, each } = ranks([1, 0, 1, 1, 0]);
    expect(each.relevant).toEqual(Int32Array.of(3));
    expect(rPrecision).toBeCloseTo(2 / 3, 12); // ranks 1 and 3 of the first three
    expect(mapAtR).toBeCloseTo((1 + 2 / 3) / 3, 12);
    expect(mrr).toBe(1);
    expect(ranks([0, 0, 1, 0, 1]).each).toMatchObject({ averagePrecision: Float64Array.of(0), rPrecision: Float64Array.of(0) });
    expect(ranks([0, 0, 1, 0, 1]).mrr).toBeCloseTo(1 / 3, 12); // beyond R = 2, too
  });

  it("leave a query out of its own ranking, where queries and gallery are one set", () => {
    const X = line([0, 1, 2.5, 4, 6], [0, 1, 0, 1, 1]);
    const { mapAtR, rPrecision, mrr, each } = rankedRetrieval(X, X, { excludeSelf: true });
    close(each.averagePrecision, [0, 0, 0, 1 / 4, 1 / 2]);
    close(each.rPrecision, [0, 0, 0, 1 / 2, 1 / 2]);
    close(each.reciprocalRank, [1 / 2, 1 / 3, 1 / 3, 1 / 2, 1]);
    close([mapAtR, rPrecision, mrr], [0.15, 0.2, (1 / 2 + 1 / 3 + 1 / 3 + 1 / 2 + 1) / 5]);
  });

  it("agree with the definitions on whole rankings, ties by row number, whichever queries stand in the gallery", () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.nat(2)), { minLength: 3, maxLength: 25 });
    fc.assert(
      fc.property(rows, rows, fc.nat(2), (ofQueries, ofGallery, mode) => {
        const set = (given: typeof ofQueries) =>
          line(
            given.map(([x]) => x),
            given.map(([, label]) => label),
          );
        const gallery = set(ofGallery);
        const queries = mode === 0 ? set(ofQueries) : mode === 1 ? gallery : set([...ofQueries, ...ofGallery.slice(1)]);
        const itself = Int32Array.from({ length: queries.rows }, (_, i) =>
          mode === 0 ? -1 : mode === 1 ? i : i < ofQueries.length ? -1 : i - ofQueries.length + 1,
        );
        const { each } = rankedRetrieval(queries, gallery, mode === 1 ? { excludeSelf: true } : { itself });
        const expected = byDefinition(queries, gallery, (i) => itself[i] as number);
        close(
          each.averagePrecision,
          expected.map(([ap]) => ap),
        );
        close(
          each.rPrecision,
          expected.map(([, rp]) => rp),
        );
        close(
          each.reciprocalRank,
          expected.map(([, , rr]) => rr),
        );
      }),
    );
  });

  it("agree with the definitions where a class has hundreds of rows, and squares are held in several parts", () => {
    const random = new Random(2);
    const labels = Array.from({ length: 1200 }, (_, i) => (i % 5 === 0 ? 1 : 0));
    const X = line(
      labels.map((label) => Math.round(100 * (label + random.normal()))),
      labels,
    );
    const { each } = rankedRetrieval(X, X, { excludeSelf: true });
    const some = [0, 1, 600, 1199];
    const expected = byDefinition(X.take(some), X, (i) => some[i] as number);
    close(
      some.map((row) => each.averagePrecision[row] as number),
      expected.map(([ap]) => ap),
    );
  });

  it("leave out a query that has no row of its class to find, and are NaN where none is left", () => {
    const { mapAtR, each } = rankedRetrieval(line([0, 5], [0, 2]), line([1, 2], [0, 1]));
    expect([mapAtR, each.relevant[1], each.averagePrecision[1]]).toEqual([1, 0, Number.NaN]);
    expect(rankedRetrieval(line([0], [2]), line([1, 2], [0, 1])).mrr).toBeNaN();
    expect(rankedRetrieval(line([], []), line([1, 2], [0, 1])).mapAtR).toBeNaN();
    expect(rankedRetrieval(line([1], [0]), line([], [])).mapAtR).toBeNaN();
  });

  it("do not count rows of the same recording, neither as found nor in R", () => {
    const X = line([0, 0.1, 1, 2], [0, 0, 1, 0], { sequences: ["a", "a", "b", ""] });
    const { each } = rankedRetrieval(X, X, { excludeSelf: true });
    expect(each.relevant).toEqual(Int32Array.of(1, 1, 0, 2));
    close(each.reciprocalRank, [1 / 2, 1 / 2, Number.NaN, 1 / 2]);
    expect(rankedRetrieval(X, X, { excludeSelf: true, leaveOut: "nothing" }).each.reciprocalRank[0]).toBe(1);
  });

  it("take a row that holds NaN for one that is never found, and a query that does for a miss", () => {
    const gallery = line([Number.NaN, 1, 2], [1, 1, 0]);
    expect(rankedRetrieval(line([0], [1]), gallery).each).toMatchObject({
      relevant: Int32Array.of(2),
      averagePrecision: Float64Array.of(0.5),
      rPrecision: Float64Array.of(0.5),
    });
    expect(rankedRetrieval(line([Number.NaN], [1]), gallery)).toMatchObject({ mapAtR: 0, rPrecision: 0, mrr: 0 });
  });

  it("say what is wrong with labels, classes, columns, rows and options", () => {
    const X = line([0, 1], [0, 0]);
    const bare = new Embeddings(Float32Array.of(0, 1), 1);
    expect(() => rankedRetrieval(bare, X)).toThrow("rankedRetrieval: expected queries to have labels, but got none.");
    expect(() => rankedRetrieval(line([0], [0], { classes: ["a"] }), line([0], [0], { classes: ["b"] }))).toThrow(
      "rankedRetrieval: expected queries and gallery to have the same classes, but got a and b.",
    );
    expect(() => rankedRetrieval(X, line([0, 1, 2], [0, 0, 0]), { excludeSelf: true })).toThrow(
      "rankedRetrieval: excludeSelf needs queries and gallery to be the same rows, but they have 2 and 3.",
    );
    expect(() => rankedRetrieval(X, X, { itself: Int32Array.of(0) })).toThrow(
      "rankedRetrieval: expected itself to have one entry for each of the 2 queries, but got 1.",
    );
    expect(() => rankedRetrieval(X, X, { itself: Int32Array.of(0, 2) })).toThrow(
      "rankedRetrieval: expected itself to hold gallery rows from 0 to 1, or -1, but query 1 has 2.",
    );
    expect(() => rankedRetrieval(X, X, { itself: Int32Array.of(0, 1), excludeSelf: true })).toThrow(
      "rankedRetrieval: expected excludeSelf or itself, but got both.",
    );
    expect(() => rankedRetrieval(X, X, { k: 3 } as object)).toThrow('rankedRetrieval: unknown option "k"');
  });
});
