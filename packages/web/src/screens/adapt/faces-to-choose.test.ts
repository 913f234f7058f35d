import { describe, expect, it } from "vitest";
import { chosenOf, type FaceRow, ownClassesOf, rowsOf } from "./faces-to-choose.ts";

const row = (id: number, expression: string, more: Partial<FaceRow> = {}): FaceRow => {
  return { id, expression, probability: 0.9, isSure: true, isLabelled: false, ...more };
};

describe("faces to choose from", () => {
  it("are rows of the API's columns", () => {
    const columns = {
      id: [4, 5],
      photo: [1, 1],
      expression: [1, 0],
      probability: [0.5, 1],
      verdict: [1, 0],
      subclass: [-1, -1],
      corrected: [0, 1],
    };
    const given = { revision: 1, count: 2, expressions: ["fear", "joy"], verdicts: ["named" as const, "unsure" as const] };
    expect(rowsOf({ ...given, columns: { ...columns, together: [0, 0] } })).toEqual([
      row(4, "joy", { probability: 0.5, isSure: false }),
      row(5, "fear", { probability: 1, isLabelled: true }),
    ]);
  });

  it("show first what has no label and what the model is least sure of", () => {
    const rows = [
      row(1, "fear"),
      row(2, "fear", { isLabelled: true, probability: 0.1 }),
      row(3, "anger", { probability: 0.2, isSure: false }),
    ];
    expect(chosenOf(rows, "all").map(({ id }) => id)).toEqual([3, 1, 2]);
    expect(chosenOf(rows, "unsure").map(({ id }) => id)).toEqual([3]);
    expect(chosenOf(rows, "labelled").map(({ id }) => id)).toEqual([2]);
    expect(chosenOf(rows, "class fear").map(({ id }) => id)).toEqual([1, 2]);
  });

  it("that are labelled are counted per class, with what is still missing", () => {
    const own = (id: number, expression: string) => row(id, expression, { isLabelled: true });
    const rows = [
      own(1, "smirk"),
      own(2, "fear"),
      own(3, "Fear"),
      own(4, "happy"),
      own(5, "happiness"),
      own(6, "happiness"),
      row(7, "anger"),
    ];
    expect(ownClassesOf(rows, ["happiness", "anger", "fear"])).toEqual([
      { name: "happiness", faces: 3, isNew: false, lacks: 0 },
      { name: "fear", faces: 2, isNew: false, lacks: 1 },
      { name: "smirk", faces: 1, isNew: true, lacks: 2 },
    ]);
  });
});
