import { GaussianClasses, type GaussianPrior } from "@semblant/core";
import { gaussiansOf } from "./answers.ts";
import type { ModelCard } from "./model-card.ts";
import { fromTriangle } from "./triangle.ts";

/**
 * What a model believes of its classes before it is adapted: one Gaussian per class, and how faces lie about the mean of their class.
 *
 * Of a class with several Gaussians it is their mean. A card of an earlier version has no covariance; then it is a sphere.
 */
export function priorOfCard(card: ModelCard): GaussianPrior {
  const { gaussians, parents } = gaussiansOf(card).gaussians;
  const { columns } = gaussians;
  const priors = new Float64Array(card.classes.length);
  const means = new Float64Array(priors.length * columns);
  const sigmas = new Float64Array(priors.length);
  parents.forEach((c, s) => {
    const prior = gaussians.priors[s] as number;
    priors[c] = (priors[c] as number) + prior;
    sigmas[c] = (sigmas[c] as number) + prior * (gaussians.sigmas[s] as number);
    for (let d = 0; d < columns; d++) {
      means[c * columns + d] = (means[c * columns + d] as number) + prior * (gaussians.means[s * columns + d] as number);
    }
  });
  const per = (sum: number, c: number) => sum / (priors[c] as number);
  const { whitening } = gaussians;
  return {
    gaussians: new GaussianClasses({
      columns,
      means: means.map((sum, at) => per(sum, Math.floor(at / columns))),
      sigmas: sigmas.map(per),
      priors,
      whitening,
    }),
    covariance: card.covariance && symmetric(fromTriangle(card.covariance, columns), columns),
  };
}

function symmetric(square: Float64Array, columns: number): Float64Array {
  for (let a = 0; a < columns; a++) for (let b = 0; b < a; b++) square[b * columns + a] = square[a * columns + b] as number;
  return square;
}
