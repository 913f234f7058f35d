import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomSplit } from "./random-split.ts";

const items = (labels: number[]) => labels.map((label, i) => ({ id: `image ${i}`, label }));

describe("a random split", () => {
  it("does not depend on the order of the items", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 40 }), fc.integer({ min: 0, max: 0xffffffff }), (labels, seed) => {
        const all = items(labels);
        const split = randomSplit("test", all, { seed });
        const reversed = randomSplit("test", [...all].reverse(), { seed });
        expect([...reversed].reverse()).toEqual(split);
      }),
    );
  });

  it("keeps the shares in every class, and at least one of each in training", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 60 }),
        fc.double({ min: 0, max: 0.49, noNaN: true }),
        (labels, share) => {
          const split = randomSplit("test", items(labels), { shares: { validation: share, test: share } });
          for (const label of new Set(labels)) {
            const of = split.filter((_, i) => labels[i] === label);
            expect(of).toContain("train");
            expect(Math.abs(of.filter((name) => name === "test").length - of.length * share)).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });

  it("refuses shares that leave nothing for training", () => {
    expect(() => randomSplit("here", [], { shares: { validation: 0.5, test: 0.5 } })).toThrow(
      "here: expected shares.test to be a number from 0 that leaves some for training, but got 0.5.",
    );
    expect(() => randomSplit("here", [], { shares: { validation: Number.NaN } })).toThrow(
      "here: expected shares.validation to be a number from 0 to below 1, but got NaN.",
    );
  });
});
