import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LabelMode, labelModes, labelOfVotes } from "./label-modes.ts";

const of = (counts: number[], mode: LabelMode) => {
  const made = labelOfVotes(counts, mode);
  return "dropped" in made ? made.dropped : [made.label, ...Array.from(made.target, (share) => Math.round(share * 1000) / 1000)];
};

describe("majority", () => {
  it("takes the class with more than half of the votes", () => {
    expect(of([6, 0, 0, 4, 0, 0, 0, 0, 0, 0], "majority")).toEqual([0, 0.6, 0, 0, 0.4, 0, 0, 0, 0]);
  });

  it("drops an image whose first class has exactly half", () => {
    expect(of([5, 0, 0, 5, 0, 0, 0, 0, 0, 0], "majority")).toBe("no class has more than half of the votes");
  });

  it("takes single votes for slips: five of ten become five of nine", () => {
    expect(of([5, 4, 1, 0, 0, 0, 0, 0, 0, 0], "majority")).toEqual([0, 0.5, 0.4, 0.1, 0, 0, 0, 0, 0]);
  });

  it("keeps what all raters said beside the label, unknown left out", () => {
    expect(of([0, 6, 1, 0, 0, 0, 0, 0, 3, 0], "majority")).toEqual([1, 0, 0.857, 0.143, 0, 0, 0, 0, 0]);
  });

  it("drops an image that most call unknown or not a face", () => {
    expect(of([0, 2, 0, 0, 0, 0, 0, 0, 8, 0], "majority")).toBe("most votes are for unknown or not a face");
    expect(of([0, 0, 0, 0, 0, 0, 0, 0, 0, 10], "majority")).toBe("most votes are for unknown or not a face");
  });
});

describe.each(["crossentropy", "probability"] as const)("%s", (mode) => {
  it("takes the top classes until they have three quarters of the votes", () => {
    expect(of([5, 3, 2, 0, 0, 0, 0, 0, 0, 0], mode)).toEqual([0, 0.625, 0.375, 0, 0, 0, 0, 0, 0]);
    expect(of([8, 2, 0, 0, 0, 0, 0, 0, 0, 0], mode)).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 0]);
  });

  it("takes classes that tie together", () => {
    expect(of([0, 0, 0, 5, 5, 0, 0, 0, 0, 0], mode)).toEqual([3, 0, 0, 0, 0.5, 0.5, 0, 0, 0]);
  });

  it("drops an image of which four classes tie past three quarters", () => {
    expect(of([4, 2, 2, 2, 0, 0, 0, 0, 0, 0], mode)).toBe("the top classes have no more than half of the votes, or more than three tie");
  });

  it("stops at unknown and leaves it out if a class came before", () => {
    expect(of([0, 6, 0, 0, 0, 0, 0, 0, 4, 0], mode)).toEqual([1, 0, 1, 0, 0, 0, 0, 0, 0]);
    expect(of([0, 4, 0, 0, 0, 0, 0, 0, 3, 3], mode)).toBe("the top classes have no more than half of the votes, or more than three tie");
    expect(of([0, 3, 0, 0, 0, 0, 0, 0, 7, 0], mode)).toBe("most votes are for unknown or not a face");
  });
});

describe("multi_target", () => {
  it("gives every class with 30 % of the votes the same share", () => {
    expect(of([4, 3, 3, 0, 0, 0, 0, 0, 0, 0], "multi_target")).toEqual([0, 0.333, 0.333, 0.333, 0, 0, 0, 0, 0]);
    expect(of([6, 2, 2, 0, 0, 0, 0, 0, 0, 0], "multi_target")).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 0]);
  });

  it("drops an image whose classes with 30 % have no more than half together", () => {
    expect(of([3, 2, 2, 2, 0, 0, 0, 0, 0, 0], "multi_target")).toBe("classes with 30 % of the votes have no more than half together");
  });
});

describe("votes", () => {
  it("keep all that was said, single votes too", () => {
    expect(of([4, 1, 0, 0, 0, 0, 3, 0, 2, 0], "votes")).toEqual([0, 0.5, 0.125, 0, 0, 0, 0, 0.375, 0]);
  });

  it("give a tie to the smaller class", () => {
    expect(of([0, 5, 5, 0, 0, 0, 0, 0, 0, 0], "votes")?.[0]).toBe(1);
  });
});

describe("every mode", () => {
  it("drops an image without votes", () => {
    for (const mode of labelModes) expect(of([0, 0, 0, 0, 0, 0, 0, 0, 0, 0], mode)).toBe("no votes");
  });

  it("gives a label from 0 to 7 and a target that sums to 1, or a reason", () => {
    const counts = fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(counts, fc.constantFrom(...labelModes), (votes, mode) => {
        const made = labelOfVotes(votes, mode);
        if ("dropped" in made) {
          expect(made.dropped).not.toBe("");
          return;
        }
        expect(made.target.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
        expect(made.target[made.label]).toBe(Math.max(...made.target));
      }),
    );
  });
});
