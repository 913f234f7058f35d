import { describe, expect, it } from "vitest";
import { numberIn, wholeIn } from "./numbers-in-text.ts";

describe("a number in a flag or a setting", () => {
  it("is whole in digits alone", () => {
    expect(["0", "7", " 12 ", "-3", "4294967295"].map(wholeIn)).toEqual([0, 7, 12, -3, 4294967295]);
    for (const text of ["", " ", "1e3", "5.0", "0x10", "007", "00", "1_000", "1,000", "+1", "NaN", "Infinity", "١"]) {
      expect(wholeIn(text)).toBe(undefined);
    }
  });

  it("is decimal, with a point and a power of ten", () => {
    expect(["0.5", ".5", "5.", "1e3", "2.5E-3", "-1", "+2", "0"].map(numberIn)).toEqual([0.5, 0.5, 5, 1000, 0.0025, -1, 2, 0]);
    for (const text of ["", "0x10", "0b1", "0o7", "007", "00.5", "1_000", "1e", ".", "-", "NaN", "Infinity", "1e999", "1 2"]) {
      expect(numberIn(text)).toBe(undefined);
    }
  });
});
