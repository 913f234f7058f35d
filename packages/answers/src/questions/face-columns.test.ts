import { describe, expect, it } from "vitest";
import { columnsOfFaces } from "./face-columns.ts";
import { classes, madeSet } from "./fixtures/face-set.ts";

describe("columnsOfFaces", () => {
  const set = madeSet([
    { path: "a.jpg", faces: [{ look: "happiness" }, { look: "sadness", label: "amused", together: [3] }] },
    {
      path: "b.jpg",
      faces: [
        { look: "surprise", turned: true, together: [2] },
        { look: "bored", stray: 0.2 },
      ],
    },
  ]);
  const columns = columnsOfFaces(set);

  it("says of each face what it looks like, in the set's order", () => {
    expect(columns.expressions).toEqual([...classes, "amused"]);
    expect(Array.from(columns.id)).toEqual([1, 2, 3, 4]);
    expect(Array.from(columns.photo)).toEqual([101, 101, 102, 102]);
    expect(Array.from(columns.expression, (number) => columns.expressions[number]).slice(0, 3)).toEqual([
      "happiness",
      "amused",
      "surprise",
    ]);
    expect(Array.from(columns.verdict, (number) => columns.verdicts[number])).toEqual(["named", "corrected", "turned", "none of these"]);
    expect(columns.probability[0]).toBeGreaterThan(0.9);
    expect(columns.probability[1]).toBe(1);
  });

  it("says sub-classes, corrections and who was put together", () => {
    expect(Array.from(columns.subclass)).toEqual([1, 2, -1, -1]);
    expect(Array.from(columns.corrected)).toEqual([0, 1, 0, 0]);
    expect(Array.from(columns.together)).toEqual([0, 2, 2, 0]);
  });

  it("is empty for a set without faces", () => {
    expect(columnsOfFaces(madeSet([{ path: "a.jpg", faces: [] }])).id).toHaveLength(0);
  });
});
