import { describe, expect, it } from "vitest";
import { count, signed, withInterval } from "./numbers.ts";

describe("numbers in the paper's tables", () => {
  it("stand with their interval, where there is one", () => {
    expect(withInterval({ value: 82.37, low: 81.04, high: 83.71 })).toBe("82.4 (81.0–83.7)");
    expect(withInterval({ value: 82.37, low: Number.NaN, high: Number.NaN }, 2)).toBe("82.37");
  });

  it("have a sign that is a minus and not a hyphen", () => {
    expect([signed(1.25), signed(-0.31), signed(0, 2)]).toEqual(["+1.3", "−0.3", "+0.00"]);
  });

  it("have commas in the thousands", () => {
    expect(count(25_045)).toBe("25,045");
  });
});
