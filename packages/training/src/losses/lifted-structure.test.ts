import { tensor } from "@semblant/torch";
import { describe, expect, it } from "vitest";
import { liftedStructure } from "./lifted-structure.ts";

describe("lifted structure loss", () => {
  it("sets each pair of a class against the negatives of both its ends", () => {
    // Pair (0, 1) at distance 1; negatives at 3 from 0 and at 2 from 1: J = log(e^(1−3) + e^(1−2)) + 1, in both orders.
    const J = Math.log(Math.exp(-2) + Math.exp(-1)) + 1;
    const Z = tensor([[0], [1], [3]]);
    expect(liftedStructure({ normalize: false })(Z, Int32Array.of(0, 0, 1)).item()).toBeCloseTo(J ** 2 / 2, 6);
    expect(liftedStructure({ normalize: false, positiveMargin: 0.25 })(Z, Int32Array.of(0, 0, 1)).item()).toBeCloseTo(
      (J - 0.25) ** 2 / 2,
      6,
    );
  });

  it("is 0 for classes far apart", () => {
    expect(liftedStructure({ normalize: false })(tensor([[0], [1], [9]]), Int32Array.of(0, 0, 1)).item()).toBe(0);
  });

  it("says which option is wrong", () => {
    expect(() => liftedStructure({ margin: -1 })).toThrow("liftedStructure: expected margin to be a number above 0, but got -1.");
    expect(() => liftedStructure({ positiveMargin: -1 })).toThrow(
      "liftedStructure: expected positiveMargin to be a number from 0, but got -1.",
    );
  });
});
