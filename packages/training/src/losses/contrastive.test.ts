import { grad, type Tensor, tensor } from "@semblant/torch";
import { describe, expect, it } from "vitest";
import { contrastive } from "./contrastive.ts";

describe("contrastive loss", () => {
  it("is the mean distance within classes and the mean shortfall from the margin between them, of those above 0", () => {
    // Within: 0.5. Between: from 0 0.8, from 0.5 0.3: shortfalls 0.2 and 0.7.
    const Z = tensor([[0], [0.5], [0.8]]);
    expect(contrastive({ normalize: false })(Z, Int32Array.of(0, 0, 1)).item()).toBeCloseTo(0.5 + 0.45, 6);
    // With margin 0.4 only one of the two falls short, and is not diluted by the other.
    const narrow = contrastive({ normalize: false, margin: 0.4 });
    expect(narrow(Z, Int32Array.of(0, 0, 1)).item()).toBeCloseTo(0.5 + 0.1, 6);
    expect(narrow.report?.().activePairs).toBeCloseTo(2 / 3, 6);
  });

  it("leaves pairs of one class alone up to the positive margin", () => {
    const Z = tensor([[0], [0.5], [0.9]]);
    expect(contrastive({ normalize: false, positiveMargin: 0.45 })(Z, Int32Array.of(0, 0, 0)).item()).toBeCloseTo((0.05 + 0.45) / 2, 6);
  });

  it("is the margin when all embeddings are one point, and its gradient there is zero", () => {
    const z = tensor(
      [
        [1, 2],
        [1, 2],
        [1, 2],
      ],
      { requiresGrad: true },
    );
    for (const normalize of [true, false]) {
      const value = contrastive({ margin: 0.7, normalize })(z, Int32Array.of(0, 0, 1));
      expect(value.item()).toBeCloseTo(0.7, 6);
      expect(Array.from((grad(value, [z])[0] as Tensor).data(), Number).every((g) => g === 0)).toBe(true);
    }
  });

  it("is at most the margin plus 2 on the sphere", () => {
    expect(contrastive({ margin: 1 })(tensor([[1], [-3], [4]]), Int32Array.of(0, 0, 1)).item()).toBe(3);
  });

  it("says which option is wrong", () => {
    expect(() => contrastive({ margin: 0 })).toThrow("contrastive: expected margin to be a number above 0, but got 0.");
    expect(() => contrastive({ positiveMargin: -1 })).toThrow("contrastive: expected positiveMargin to be a number from 0, but got -1.");
    // @ts-expect-error a name that is not an option
    expect(() => contrastive({ negMargin: 1 })).toThrow('contrastive: unknown option "negMargin"');
  });
});
