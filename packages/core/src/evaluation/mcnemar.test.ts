import { describe, expect, it } from "vitest";
import { oracle } from "../fixtures/oracle.ts";
import { mcnemar } from "./mcnemar.ts";

/** Lists of rows that only the first, only the second, both and neither get right. */
const answers = (onlyFirst: number, onlySecond: number) => {
  const of = (n: number, value: number) => Array.from({ length: n }, () => value);
  return [
    [...of(onlyFirst, 1), ...of(onlySecond, 0), 1, 1, 0],
    [...of(onlyFirst, 0), ...of(onlySecond, 1), 1, 1, 0],
  ] as const;
};

describe("mcnemar", () => {
  it("gives the value worked by hand: five against one, p = 2 (1 + 6) / 64", () => {
    expect(mcnemar(...answers(5, 1))).toEqual({ onlyFirst: 5, onlySecond: 1, p: 14 / 64 });
  });

  it.each(oracle.mcnemar)("gives scipy's binomial test for $onlyFirst against $onlySecond", ({ onlyFirst, onlySecond, p }) => {
    const result = mcnemar(...answers(onlyFirst, onlySecond));
    expect(result).toMatchObject({ onlyFirst, onlySecond });
    expect(result.p).toBeCloseTo(p, 10);
  });

  it("is 1 when the two never differ", () => {
    expect(mcnemar([1, 0], [1, 0]).p).toBe(1);
    expect(mcnemar([], []).p).toBe(1);
  });

  it("says both counts when the lists differ in length", () => {
    expect(() => mcnemar([1], [])).toThrow("mcnemar: first has 1 rows but second has 0.");
  });
});
