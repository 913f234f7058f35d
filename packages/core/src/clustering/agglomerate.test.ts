import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { Random } from "../random.ts";
import { agglomerate, cutDendrogram } from "./agglomerate.ts";
import { linkRows } from "./links.ts";

const points = fc
  .array(fc.tuple(fc.double({ min: -9, max: 9, noNaN: true }), fc.double({ min: -9, max: 9, noNaN: true })), {
    minLength: 1,
    maxLength: 14,
  })
  .map((rows) => new Embeddings(Float32Array.from(rows.flat()), 2));

/** The definition: in each round the two groups of least mean squared distance between their rows. */
function plainHeights(X: Embeddings): number[] {
  let groups = Array.from({ length: X.rows }, (_, i) => [i]);
  const square = (i: number, j: number) => X.row(i).reduce((sum, x, d) => sum + (x - (X.row(j)[d] as number)) ** 2, 0);
  const heights: number[] = [];
  while (groups.length > 1) {
    let best = { height: Infinity, a: 0, b: 0 };
    for (let a = 0; a < groups.length; a++) {
      for (let b = 0; b < a; b++) {
        const [A, B] = [groups[a] as number[], groups[b] as number[]];
        const height = A.reduce((sum, i) => sum + B.reduce((inner, j) => inner + square(i, j), 0), 0) / (A.length * B.length);
        if (height < best.height) best = { height, a, b };
      }
    }
    heights.push(best.height);
    const joined = [...(groups[best.a] as number[]), ...(groups[best.b] as number[])];
    groups = [...groups.filter((_, g) => g !== best.a && g !== best.b), joined];
  }
  return heights;
}

describe("agglomerate", () => {
  it("merges at the heights that looking at every pair of rows gives", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 14 }), (seed, rows) => {
        const random = new Random(seed); // no two distances equal: of equals either may come first, and the rest follows from it
        const X = new Embeddings(
          Float32Array.from({ length: 2 * rows }, () => random.normal(0, 5)),
          2,
        );
        const found = agglomerate(X).merges.map(({ height }) => height);
        const expected = plainHeights(X);
        expect(found).toHaveLength(expected.length);
        for (const [i, height] of expected.entries()) expect(found[i]).toBeCloseTo(height, 6);
      }),
      { numRuns: 200 },
    );
  });

  it("cuts into groups that only ever split as the height falls", () => {
    fc.assert(
      fc.property(points, fc.double({ min: 0, max: 200, noNaN: true }), fc.double({ min: 0, max: 200, noNaN: true }), (X, one, other) => {
        const tree = agglomerate(X);
        const [high, low] = [cutDendrogram(tree, Math.max(one, other)), cutDendrogram(tree, Math.min(one, other))];
        for (let i = 0; i < X.rows; i++) for (let j = 0; j < i; j++) if (low[i] === low[j]) expect(high[i]).toBe(high[j]);
      }),
    );
  });

  it("finds the same groups in any order of the rows", () => {
    const random = new Random(4);
    const X = new Embeddings(
      Float32Array.from({ length: 80 }, () => random.normal()),
      2,
    );
    const order = random.permutation(X.rows);
    const groups = cutDendrogram(agglomerate(X), 1);
    const turned = cutDendrogram(agglomerate(X.take(order)), 1);
    for (let i = 0; i < X.rows; i++) {
      for (let j = 0; j < i; j++) {
        expect(turned[i] === turned[j]).toBe(groups[order[i] as number] === groups[order[j] as number]);
      }
    }
  });

  it("makes one group of everything in the end, and each row its own below all heights", () => {
    const X = new Embeddings(Float32Array.of(0, 2, 9), 1);
    const tree = agglomerate(X);
    expect(Array.from(cutDendrogram(tree, Infinity))).toEqual([0, 0, 0]);
    expect(Array.from(cutDendrogram(tree, 3.9))).toEqual([0, 1, 2]);
    expect(agglomerate(new Embeddings(new Float32Array(0), 1)).merges).toEqual([]);
  });

  it("never brings together what is held apart, and always what is held together", () => {
    const pair = fc.tuple(fc.nat(8), fc.nat(8)).filter(([a, b]) => a !== b);
    fc.assert(
      fc.property(
        points.filter((X) => X.rows >= 9),
        fc.array(pair, { maxLength: 5 }),
        fc.array(pair, { maxLength: 5 }),
        (X, together, apart) => {
          const linked = linkRows(X.rows, { together, apart });
          const tree = agglomerate(X, linked);
          const [whole, none] = [cutDendrogram(tree, Infinity), cutDendrogram(tree, -1)];
          for (const [a, b] of apart) expect(whole[a]).not.toBe(whole[b]);
          for (const both of together) if (!linked.refused.includes(both)) expect(none[both[0]]).toBe(none[both[1]]);
          for (let i = 0; i < X.rows; i++) {
            for (let j = 0; j < i; j++) {
              if (whole[i] === whole[j]) continue;
              const meet = apart.some(([x, y]) => {
                const sides = [whole[x], whole[y]];
                return sides.includes(whole[i]) && sides.includes(whole[j]);
              });
              expect(meet).toBe(true); // two groups are left only where something holds them apart
            }
          }
        },
      ),
    );
  });

  it("says what is wrong with rows and links", () => {
    expect(() => agglomerate(new Embeddings(Float32Array.of(Number.NaN), 1))).toThrow(
      "agglomerate: expected finite values, but row 0 holds NaN.",
    );
    expect(() => agglomerate(new Embeddings(Float32Array.of(1), 1), linkRows(2, {}))).toThrow("agglomerate: X has 1 rows but links has 2.");
  });
});
