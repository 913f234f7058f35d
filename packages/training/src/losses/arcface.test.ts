import { autocast, grad, seed, type Tensor, tensor } from "@semblant/torch";
import { describe, expect, it } from "vitest";
import { type ArcFaceOptions, arcFace } from "./arcface.ts";

/** Two classes along the axes. */
const alongAxes = (options: ArcFaceOptions) => {
  const loss = arcFace(2, 2, options);
  loss.module.loadStateDict(
    new Map([
      [
        "weight",
        tensor([
          [3, 0],
          [0, 0.5],
        ]),
      ],
    ]),
  );
  return loss;
};
const at = (degrees: number) => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];

describe("ArcFace", () => {
  it("widens the angle to the own class by the margin before the softmax", () => {
    const cos = (degrees: number) => Math.cos((degrees * Math.PI) / 180);
    const loss = alongAxes({ margin: 20, scale: 4 });
    // 30° from its own class counts as 50°; the other is 60° away.
    expect(loss(tensor([at(30)]), Int32Array.of(0)).item()).toBeCloseTo(Math.log(1 + Math.exp(4 * (cos(60) - cos(50)))), 6);
  });

  it("goes on rising where angle and margin together pass 180°", () => {
    const loss = alongAxes({ margin: 60, scale: 4 });
    const values = [100, 119, 121, 150, 179].map((angle) => loss(tensor([at(-angle)]), Int32Array.of(0)).item());
    values.slice(1).forEach((value, i) => {
      expect(value).toBeGreaterThan(values[i] as number);
    });
  });

  it("is a softmax of scaled cosines without a margin, which is its posterior with one", () => {
    const Z = tensor([at(10), at(80), [4, 4]]);
    const posterior = Array.from(alongAxes({ margin: 28.6, scale: 5 }).posterior(Z).data() as Float32Array);
    const loss = alongAxes({ margin: 0, scale: 5 });
    [0, 1, 2].forEach((i) => {
      const row = Z.slice(0, i, i + 1);
      expect(-Math.log(posterior[2 * i] as number)).toBeCloseTo(loss(row, Int32Array.of(0)).item(), 5);
      expect((posterior[2 * i] as number) + (posterior[2 * i + 1] as number)).toBeCloseTo(1, 6);
    });
    expect(posterior[4]).toBeCloseTo(0.5, 6);
  });

  it("takes votes as a distribution, with the margin at the class with most", () => {
    const loss = alongAxes({ margin: 20, scale: 4 });
    const Z = tensor([at(30)]);
    const [sure, against] = [loss(Z, tensor([[1, 0]])).item(), -Math.log(1 - Math.exp(-loss(Z, Int32Array.of(0)).item()))];
    expect(loss(Z, tensor([[0.75, 0.25]])).item()).toBeCloseTo(0.75 * sure + 0.25 * against, 5);
  });

  it("has finite gradients for embeddings that point just along and just against their class", () => {
    const loss = alongAxes({});
    const z = tensor(
      [
        [2, 0],
        [-2, 0],
        [0, 0],
      ],
      { requiresGrad: true },
    );
    const [ofZ, ofWeight] = grad(loss(z, Int32Array.of(0, 0, 0)), [z, loss.module.weight]);
    for (const g of [ofZ, ofWeight]) expect(Array.from((g as Tensor).data(), Number).every(Number.isFinite)).toBe(true);
  });

  it("computes its posterior in float32 inside a bfloat16 step", () => {
    seed(1);
    const loss = arcFace(16, 4);
    const Z = tensor(Array.from({ length: 6 }, (_, i) => Array.from({ length: 16 }, (_, j) => Math.sin(i * 16 + j))));
    expect(autocast("bfloat16", () => loss.posterior(Z)).data()).toEqual(loss.posterior(Z).data());
  });

  it("refuses embeddings of other widths and options out of range", () => {
    expect(() => alongAxes({})(tensor([[1]]), Int32Array.of(0))).toThrow("arcFace: expected embeddings of 2 dimensions, but got (1, 1).");
    expect(() => arcFace(3, 2, { margin: 180 })).toThrow("arcFace: expected margin to be degrees from 0 to below 180, but got 180.");
    expect(() => arcFace(3, 2, { scale: 0 })).toThrow("arcFace: expected scale to be a number above 0, but got 0.");
    expect(() => arcFace(3, 0)).toThrow("arcFace: expected classes to be a whole number above 0, but got 0.");
  });
});
