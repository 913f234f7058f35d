import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { subjectSplit } from "./subject-split.ts";

const images = fc.array(
  fc.integer({ min: 0, max: 12 }).map((n) => `S${n}`),
  { minLength: 1, maxLength: 80 },
);

describe("a split by person", () => {
  it("never has a person in two splits, and always someone in training", () => {
    fc.assert(
      fc.property(images, fc.integer({ min: 0, max: 0xffffffff }), (subjects, seed) => {
        const splits = subjectSplit("test", subjects, { seed });
        const places = new Set(subjects.map((subject, i) => `${subject} ${splits[i]}`));
        expect(places.size).toBe(new Set(subjects).size);
        expect(splits).toContain("train");
      }),
    );
  });

  it("does not depend on the order of the images", () => {
    fc.assert(
      fc.property(images, fc.integer({ min: 0, max: 0xffffffff }), (subjects, seed) => {
        const reversed = subjectSplit("test", [...subjects].reverse(), { seed });
        expect(reversed.reverse()).toEqual(subjectSplit("test", subjects, { seed }));
      }),
    );
  });

  it("comes as near to the shares as whole people can, with one in each split where there are three", () => {
    const even = Array.from({ length: 200 }, (_, i) => `S${i % 20}`);
    const counted = (splits: string[]) => ["train", "validation", "test"].map((name) => splits.filter((split) => split === name).length);
    expect(counted(subjectSplit("test", even))).toEqual([160, 20, 20]);
    expect(counted(subjectSplit("test", ["a", "b", "c"]))).toEqual([1, 1, 1]);
    expect(counted(subjectSplit("test", ["a", "b"]))).toEqual([1, 0, 1]);
    expect(counted(subjectSplit("test", even, { shares: { validation: 0, test: 0.5 } }))).toEqual([100, 0, 100]);
  });

  it("refuses shares that leave nothing for training", () => {
    expect(() => subjectSplit("here", ["a"], { shares: { validation: 0.5, test: 0.5 } })).toThrow(
      "here: expected shares.test to be a number from 0 that leaves some for training, but got 0.5.",
    );
  });
});
