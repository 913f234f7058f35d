import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { groupsOf } from "./groups.ts";

const line = (...values: number[]) => new Embeddings(Float32Array.from(values), 1);
const shown = (groups: ReturnType<typeof groupsOf>) => groups.map(({ top, ...group }) => ({ ...group, top: Array.from(top) }));

describe("groupsOf", () => {
  it("gives each group's medoid, closest to its mean, and the rows nearest to the medoid, not to the mean", () => {
    const X = line(0, 3, 4, 13, 100, 101); // mean of the first four 5, so row 2 is the medoid
    expect(shown(groupsOf(X, [0, 0, 0, 0, 1, 1]))).toEqual([
      { cluster: 0, size: 4, medoid: 2, top: [2, 1, 0, 3] },
      { cluster: 1, size: 2, medoid: 4, top: [4, 5] },
    ]);
  });

  it("takes the smaller row of equals", () => {
    expect(shown(groupsOf(line(2, 1, 3, 2), [0, 0, 0, 0]))).toEqual([{ cluster: 0, size: 4, medoid: 0, top: [0, 3, 1, 2] }]);
  });

  it("cuts the list at `top`, 16 where nothing is said", () => {
    const X = line(...Array.from({ length: 40 }, (_, i) => i));
    expect(groupsOf(X, new Int32Array(40))[0]?.top.length).toBe(16);
    expect(groupsOf(X, new Int32Array(40), { top: 3 })[0]?.top).toEqual(Int32Array.of(19, 18, 20));
    expect(groupsOf(X, new Int32Array(40), { top: 99 })[0]?.top.length).toBe(40);
  });

  it("leaves out groups without rows, and rows of no group", () => {
    expect(shown(groupsOf(line(1, 2, 9), [7, -1, 2]))).toEqual([
      { cluster: 2, size: 1, medoid: 2, top: [2] },
      { cluster: 7, size: 1, medoid: 0, top: [0] },
    ]);
    expect(groupsOf(line(), [])).toEqual([]);
  });

  it("names members only, the medoid first, each no farther from it than the next", () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }), fc.integer({ min: -1, max: 3 })), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 5 }), (given, top) => {
        const X = new Embeddings(Float32Array.from(given.flatMap((row) => row.slice(0, 2))), 2);
        const clusters = given.map(([, , cluster]) => cluster);
        const groups = groupsOf(X, clusters, { top });
        expect(groups.reduce((sum, { size }) => sum + size, 0)).toBe(clusters.filter((cluster) => cluster >= 0).length);
        for (const group of groups) {
          expect(group.top[0]).toBe(group.medoid);
          expect(group.top.length).toBe(Math.min(top, group.size));
          const far = Array.from(group.top, (i) => X.row(i).reduce((s, x, d) => s + (x - (X.row(group.medoid)[d] as number)) ** 2, 0));
          expect(far).toEqual(far.toSorted((a, b) => a - b));
          for (const i of group.top) expect(clusters[i]).toBe(group.cluster);
        }
      }),
    );
  });

  it("says what is wrong with clusters, rows and options", () => {
    expect(() => groupsOf(line(1, 2), [0])).toThrow("groupsOf: X has 2 rows but clusters has 1.");
    expect(() => groupsOf(line(1, 2), [0, 0.5])).toThrow("groupsOf: expected clusters to be whole numbers from -1, but row 1 has 0.5.");
    expect(() => groupsOf(line(1, Number.NaN), [0, 0])).toThrow("groupsOf: expected finite values, but row 1 holds NaN.");
    expect(() => groupsOf(line(1), [0], { top: 0 })).toThrow("groupsOf: expected top to be a whole number above 0, but got 0.");
    expect(() => groupsOf(line(1), [0], { tops: 1 } as object)).toThrow('groupsOf: unknown option "tops"; did you mean "top"?');
  });
});
