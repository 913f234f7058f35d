import { describe, expect, it } from "vitest";
import { contingency } from "./contingency.ts";

describe("contingency", () => {
  it("counts classes against clusters, names in ascending order", () => {
    const { rows, classSizes, clusterSizes, counts } = contingency([3, 3, 9, 3], [5, 2, 5, 5]);
    expect(rows).toBe(4);
    expect([...classSizes]).toEqual([3, 1]);
    expect([...clusterSizes]).toEqual([1, 3]);
    expect([...counts]).toEqual([1, 2, 0, 1]);
  });

  it("refuses lists of different length and names that are not whole", () => {
    expect(() => contingency([0, 1], [0])).toThrow(/^contingency: /);
    expect(() => contingency([0, 0.5], [0, 1])).toThrow("contingency: expected labels to be whole numbers, but row 1 has 0.5.");
  });
});
