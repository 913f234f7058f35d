import { describe, expect, it } from "vitest";
import { countsOf, partOf } from "./parts.ts";

describe("the parts of a batch", () => {
  it("differ by one row at most, and the first ranks have one more", () => {
    expect(countsOf(9, 3)).toEqual([3, 3, 3]);
    expect(countsOf(11, 3)).toEqual([4, 4, 3]);
    expect(countsOf(2, 3)).toEqual([1, 1, 0]);
  });

  it("lie side by side and are the whole batch", () => {
    for (const [rows, size] of [
      [11, 3],
      [64, 4],
      [5, 5],
      [2, 3],
    ] as const) {
      const parts = Array.from({ length: size }, (_, rank) => partOf(rows, { rank, size }));
      expect(parts.map(({ first }) => first)).toEqual([0, ...parts.slice(0, -1).map(({ end }) => end)]);
      expect(parts.at(-1)?.end).toBe(rows);
    }
  });
});
