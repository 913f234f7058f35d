import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Affinities, conditionalAffinities, jointAffinities } from "./affinities.ts";
import { oracle, points } from "./fixtures/oracle.ts";
import { nearestOthers } from "./vantage-point-tree.ts";

const perplexityOf = (p: Float64Array) => Math.exp(-p.reduce((sum, value) => sum + (value > 0 ? value * Math.log(value) : 0), 0));

/** (rows, rows), both halves. */
function dense({ rows, starts, others, values }: Affinities): Float64Array {
  const P = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let e = starts[i] as number; e < (starts[i + 1] as number); e++) {
      P[i * rows + (others[e] as number)] = P[(others[e] as number) * rows + i] = values[e] as number;
    }
  }
  return P;
}

describe("the affinities", () => {
  const { rows: n, k, perplexity, sklearn, exact } = oracle.affinities;
  const X = points.take(Array.from({ length: n }, (_, i) => i));
  const { rows, squares } = nearestOthers(Float64Array.from(X.values), X.columns, k);
  const P = jointAffinities({ rows, k }, conditionalAffinities(squares, k, perplexity));

  it("are those that a root finder gives, to ten digits of each", () => {
    const found = dense(P);
    for (let at = 0; at < n * n; at++) {
      expect(Math.abs((found[at] as number) - (exact[at] as number))).toBeLessThanOrEqual(1e-10 * (exact[at] as number));
    }
  });

  it("are scikit-learn's to 1e-6, and to what its float32 and its tolerance leave of each", () => {
    dense(P).forEach((p, at) => {
      expect(Math.abs(p - (sklearn[at] as number))).toBeLessThan(1e-6);
      expect(Math.abs(p - (sklearn[at] as number))).toBeLessThanOrEqual(1e-3 * p);
    });
  });

  it("sum to a half over pairs, hold each pair once, the smaller row first, others rising", () => {
    expect(P.values.reduce((sum, p) => sum + p, 0)).toBeCloseTo(0.5, 12);
    for (let i = 0; i < n; i++) {
      const others = Array.from(P.others.subarray(P.starts[i], P.starts[i + 1]));
      expect(others).toEqual([...new Set(others)].sort((a, b) => a - b));
      expect(others.every((j) => j > i)).toBe(true);
    }
  });

  it("have the perplexity asked for, fall with distance and do not change with its unit", () => {
    const distances = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 5, maxLength: 60 });
    fc.assert(
      fc.property(distances, fc.double({ min: 1.5, max: 4.5, noNaN: true }), fc.integer({ min: -30, max: 30 }), (list, u, scale) => {
        const squares = Float64Array.from(list).sort();
        fc.pre(squares[2] !== squares[0]);
        const p = conditionalAffinities(squares, squares.length, u);
        const nearest = squares.filter((square) => square === squares[0]).length;
        expect(perplexityOf(p)).toBeCloseTo(Math.max(u, nearest), 6);
        for (let j = 1; j < p.length; j++) expect(p[j]).toBeLessThanOrEqual(p[j - 1] as number);
        const other = conditionalAffinities(
          squares.map((square) => square * 2 ** scale),
          squares.length,
          u,
        );
        for (let j = 0; j < p.length; j++) expect(other[j]).toBeCloseTo(p[j] as number, 9);
      }),
    );
  });

  it("are equal where all neighbours are equally near, identical rows included", () => {
    expect(Array.from(conditionalAffinities(new Float64Array(4), 4, 1.5))).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(Array.from(conditionalAffinities(Float64Array.of(9, 9, 9), 3, 2))).toEqual([1, 1, 1].map((one) => one / 3));
    expect(Array.from(conditionalAffinities(Float64Array.of(0, 0, 0, 5), 4, 2))).toEqual([1 / 3, 1 / 3, 1 / 3, 0]);
  });

  it("go to the nearest neighbour alone at perplexity 1, and to all alike at perplexity k", () => {
    expect(conditionalAffinities(Float64Array.of(1, 2, 3), 3, 1)[0]).toBeCloseTo(1, 9);
    for (const p of conditionalAffinities(Float64Array.of(1, 2, 3), 3, 3)) expect(p).toBeCloseTo(1 / 3, 4);
  });
});
