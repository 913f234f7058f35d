import { expect, it } from "vitest";
import { facesOfCorrection } from "./correction.ts";
import { groupingOf, refuseContradiction } from "./grouping.ts";
import { sameFaceOf } from "./same-face.ts";

const made = 0;
const together = (id: number, ...faces: number[]) => ({ id, kind: "together" as const, faces, made });
const apart = (id: number, ...faces: number[]) => ({ id, kind: "apart" as const, faces, made });

it("passes together on, hides a person with all that go together, and keeps apart what was said so", () => {
  const grouping = groupingOf([
    together(1, 1, 2),
    together(2, 2, 3),
    apart(3, 1, 9),
    { id: 4, kind: "hide", faces: [3], made },
    { id: 5, kind: "not a face", faces: [7], made },
  ]);
  expect(grouping.together.get(1)).toEqual([2, 3]);
  expect(grouping.apart.get(9)).toEqual([1]);
  expect([...grouping.hidden].sort()).toEqual([1, 2, 3]);
  expect([...grouping.notFaces]).toEqual([7]);
  expect(grouping.hidesPaths).toBe(false);
  expect(groupingOf([{ id: 1, kind: "hide", faces: [], path: "2019", made }]).hidesPaths).toBe(true);
});

it("refuses what contradicts, also by what was passed on", () => {
  const grouping = groupingOf([together(1, 1, 2), apart(2, 2, 5)]);
  expect(() => refuseContradiction("together", [1, 5], grouping)).toThrow(
    "correct: expected faces that may be together, but 2 and 5 were said to be apart.\n  Withdraw that first.",
  );
  expect(() => refuseContradiction("apart", [1, 2], grouping)).toThrow("correct: expected faces that may be apart, but 1 and 2 were said");
  expect(() => refuseContradiction("together", [1, 3], grouping)).not.toThrow();
});

it("refuses a misspelt class and takes a new word", () => {
  expect(() => facesOfCorrection({ kind: "label", face: 1, label: "hapiness" }, ["happiness"])).toThrow(
    'correct: unknown label "hapiness"; did you mean "happiness"?',
  );
  expect(facesOfCorrection({ kind: "label", face: 1, label: "smirk" }, ["happiness"])).toEqual([1]);
  expect(() => facesOfCorrection({ kind: "apart", faces: [4, 4] }, [])).toThrow(
    "correct: expected at least 2 faces to be apart, but got 1.",
  );
});

it("finds a corrected face again by its box, and none where none is near", () => {
  const box = (x: number) => ({ x, y: 0, width: 10, height: 10 });
  const faces = [
    { id: 1, box: box(0) },
    { id: 2, box: box(50) },
  ];
  expect(sameFaceOf(box(53), faces)).toBe(2);
  expect(sameFaceOf(box(25), faces)).toBeUndefined();
});
