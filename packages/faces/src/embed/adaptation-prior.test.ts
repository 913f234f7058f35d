import { describe, expect, it } from "vitest";
import { priorOfCard } from "./adaptation-prior.ts";
import type { ModelCard } from "./model-card.ts";
import { fromTriangle, toTriangle } from "./triangle.ts";

const card = (change: Partial<ModelCard>) =>
  ({
    classes: ["a", "b"],
    dimensions: 2,
    gaussians: {
      means: [
        [0, 0],
        [4, 0],
        [4, 4],
      ],
      sigmas: [1, 2, 2],
      priors: [0.5, 0.125, 0.375],
      parents: [0, 1, 1],
    },
    ...change,
  }) as unknown as ModelCard;

describe("priorOfCard", () => {
  it("has one Gaussian per class, in the middle of those of its sub-classes", () => {
    const { gaussians, covariance } = priorOfCard(card({}));
    expect(Array.from(gaussians.means)).toEqual([0, 0, 4, 3]);
    expect(Array.from(gaussians.priors)).toEqual([0.5, 0.5]);
    expect(Array.from(gaussians.sigmas)).toEqual([1, 2]);
    expect(covariance).toBeUndefined();
  });

  it("has the card's covariance, whole", () => {
    expect(Array.from(priorOfCard(card({ covariance: [2, 0.5, 3] })).covariance as Float64Array)).toEqual([2, 0.5, 0.5, 3]);
  });
});

it("writes a triangle as it reads it", () => {
  expect(toTriangle(fromTriangle([1, 2, 3, 4, 5, 6], 3), 3)).toEqual([1, 2, 3, 4, 5, 6]);
});
