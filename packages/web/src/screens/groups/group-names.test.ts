import { describe, expect, it } from "vitest";
import { givenNames, rename, within } from "./group-names.ts";

const group = (...faces: number[]) => ({ faces });

describe("names of groups", () => {
  it("stay with a group that gains or loses a few faces, and leave one that is no longer it", () => {
    const named = [{ name: "Grins", faces: [1, 2, 3, 4] }];
    expect(givenNames([group(9), group(1, 2, 3, 5)], named)).toEqual([undefined, "Grins"]);
    expect(givenNames([group(1, 2), group(3, 4)], named)).toEqual([undefined, undefined]);
  });

  it("are each given once, to the group that shares most", () => {
    const named = [
      { name: "A", faces: [1, 2, 3, 4] },
      { name: "B", faces: [1, 2, 3, 4, 5] },
    ];
    expect(givenNames([group(1, 2, 3, 4)], named)).toEqual(["A"]);
    expect(givenNames([group(1, 2, 3, 4), group(1, 2, 3, 4, 5)], named)).toEqual(["A", "B"]);
  });

  it("are changed and taken back", () => {
    const one = rename([], group(1, 2), "Grins");
    expect(one).toEqual([{ name: "Grins", faces: [1, 2] }]);
    expect(rename(one, group(1, 2, 3), "Smiles")).toEqual([{ name: "Smiles", faces: [1, 2, 3] }]);
    expect(rename(one, group(1, 2), "")).toEqual([]);
  });
});

it("finds the sub-groups of a group", () => {
  const finer = [group(1, 2), group(3, 9, 8), group(7)];
  expect(within(group(1, 2, 3), finer)).toEqual([group(1, 2)]);
});
