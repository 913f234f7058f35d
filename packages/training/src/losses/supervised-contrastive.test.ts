import { grad, type Tensor, tensor } from "@semblant/torch";
import { describe, expect, it } from "vitest";
import { supervisedContrastive } from "./supervised-contrastive.ts";

describe("supervised contrastive loss", () => {
  it("is −log of how a row's softmax over the others falls on its own class, averaged over partners and rows", () => {
    // Rows 0 and 1 are one direction, row 2 is at right angles and has no partner: log(1 + e^(−1/τ)) each.
    const Z = tensor([
      [1, 0],
      [2, 0],
      [0, 1],
    ]);
    for (const temperature of [1, 0.1]) {
      const expected = Math.log(1 + Math.exp(-1 / temperature));
      expect(supervisedContrastive({ temperature })(Z, Int32Array.of(0, 0, 1)).item()).toBeCloseTo(expected, 6);
    }
  });

  it("is log(n − 1) when all n embeddings are one point, and its gradient there is zero", () => {
    const z = tensor(
      Array.from({ length: 6 }, () => [3, 4]),
      { requiresGrad: true },
    );
    const value = supervisedContrastive()(z, Int32Array.of(0, 0, 0, 1, 1, 1));
    expect(value.item()).toBeCloseTo(Math.log(5), 6);
    expect(Math.hypot(...Array.from((grad(value, [z])[0] as Tensor).data(), Number))).toBeLessThan(1e-6);
  });

  it("cannot tell three of a class from one another: with nothing else near it is log 2", () => {
    const Z = tensor([
      [1, 0],
      [1, 0],
      [1, 0],
      [-1, 0],
      [-1, 0],
      [-1, 0],
    ]);
    expect(supervisedContrastive({ temperature: 0.05 })(Z, Int32Array.of(0, 0, 0, 1, 1, 1)).item()).toBeCloseTo(Math.log(2), 6);
  });

  it("says which option is wrong", () => {
    expect(() => supervisedContrastive({ temperature: 0 })).toThrow(
      "supervisedContrastive: expected temperature to be a number above 0, but got 0.",
    );
  });
});
