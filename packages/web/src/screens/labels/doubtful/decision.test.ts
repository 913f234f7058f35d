import { describe, expect, it } from "vitest";
import { decisionsIn, knowsLabels, meaningOf, nextOpen } from "./decision.ts";

const box = { x: 0, y: 0, width: 9, height: 9 };
const doubtful = (face: number) => {
  return { face, photo: 1, path: "a.jpg", box, given: "happy", suggested: "sad", forAPerson: false, doubt: 1, witnesses: {} };
};
const labels = [
  { label: "happy", expression: "happiness", faces: 3, doubtful: 1 },
  { label: "smirk", faces: 3, doubtful: 0 },
];

describe("decisions on doubtful labels", () => {
  it("are read from corrections: the last word of each face, and nothing of other kinds", () => {
    const said = decisionsIn([
      { id: 1, kind: "label", faces: [5], label: "sadness", made: 1 },
      { id: 2, kind: "together", faces: [5, 6], made: 2 },
      { id: 3, kind: "not a face", faces: [7], made: 3 },
      { id: 4, kind: "label", faces: [5], label: "anger", made: 4 },
      { id: 5, kind: "hide", faces: [8], made: 5 },
      { id: 6, kind: "label", faces: [], label: "fear", made: 6 },
    ]);
    expect([...said]).toEqual([
      [5, { kind: "label", label: "anger", id: 4 }],
      [7, { kind: "not a face", id: 3 }],
    ]);
  });

  it("are in the model's words where it knows the folder's", () => {
    expect(meaningOf({ labels }, "happy")).toBe("happiness");
    expect(meaningOf({ labels }, "smirk")).toBe("smirk");
    expect(meaningOf({ labels }, "anger")).toBe("anger");
  });

  it("lead to the next that is open, from the start again at the end", () => {
    const list = [1, 2, 3].map(doubtful);
    expect(nextOpen(list, new Set([2]), 0)).toBe(3);
    expect(nextOpen(list, new Set([3]), 2)).toBe(1);
    expect(nextOpen(list, new Set([1, 2, 3]), 0)).toBeUndefined();
    expect(nextOpen(list, new Set(), -1)).toBe(1);
  });

  it("are asked for only where a folder's name is a label", () => {
    expect(knowsLabels({ labels })).toBe(true);
    expect(knowsLabels({ labels: [{ label: "beach", faces: 3, doubtful: 1 }] })).toBe(false);
  });
});
