import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assignWithLinks, linkRows } from "./links.ts";

const rows = 9;
const pair = fc.tuple(fc.nat(rows - 1), fc.nat(rows - 1)).filter(([a, b]) => a !== b);
const links = fc.record({ together: fc.array(pair, { maxLength: 6 }), apart: fc.array(pair, { maxLength: 6 }) });
const responsibilities = (k: number) =>
  fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: rows * k, maxLength: rows * k });

describe("links between rows", () => {
  it("are kept, whatever the groups: apart always, together unless refused", () => {
    fc.assert(
      fc.property(
        links,
        fc.integer({ min: 1, max: 4 }).chain((k) => fc.tuple(fc.constant(k), responsibilities(k))),
        (given, [k, shares]) => {
          const linked = linkRows(rows, given);
          const groups = assignWithLinks(shares, k, linked);
          for (const [a, b] of given.apart) expect(groups[a]).not.toBe(groups[b]);
          for (const both of given.together) {
            const [a, b] = both;
            if (!linked.refused.includes(both)) expect(groups[a]).toBe(groups[b]);
          }
          expect(Math.min(...groups)).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("refuse only what would bring rows together that are to be apart", () => {
    fc.assert(
      fc.property(links, (given) => {
        const { blocks, refused } = linkRows(rows, given);
        for (const [a, b] of refused) {
          const meet = given.apart.some(([x, y]) => {
            const sides = [blocks[x], blocks[y]];
            return sides.includes(blocks[a]) && sides.includes(blocks[b]);
          });
          expect(meet).toBe(true);
        }
      }),
    );
  });

  it("leave rows that nobody spoke of in their likeliest groups", () => {
    fc.assert(
      fc.property(responsibilities(3), (shares) => {
        const groups = assignWithLinks(shares, 3, linkRows(rows, {}));
        // within what logarithms of doubles can tell apart
        for (let i = 0; i < rows; i++) {
          expect(shares[3 * i + (groups[i] as number)]).toBeGreaterThan((1 - 1e-14) * Math.max(...shares.slice(3 * i, 3 * i + 3)));
        }
      }),
    );
  });

  it("begin a new group where none is free", () => {
    const apart = [
      [0, 1],
      [1, 2],
      [0, 2],
    ] as const;
    expect(Array.from(assignWithLinks([0.9, 0.1, 0.8, 0.2, 0.7, 0.3], 2, linkRows(3, { apart })))).toEqual([0, 1, 2]);
  });

  it("say what is wrong with a pair or the responsibilities", () => {
    expect(() => linkRows(2, { apart: [[0, 2]] })).toThrow("linkRows: expected rows from 0 to 1, but got 2.");
    expect(() => linkRows(2, { apart: [[1, 1]] })).toThrow("linkRows: expected two rows to be apart, but got row 1 twice.");
    expect(() => assignWithLinks([1], 2, linkRows(2, {}))).toThrow(
      "assignWithLinks: expected 2 responsibilities for each of 2 rows, but got 1.",
    );
  });
});
