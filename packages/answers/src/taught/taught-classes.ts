import { addTaught, type Embeddings, logDensityOfTaught, type TaughtClass } from "@semblant/core";
import type { ExpressionAnswer } from "@semblant/faces";
import type { SetModel } from "../face-sets/face-set.ts";

/** A class that was taught from a few faces, as it is kept. */
export interface NamedClass extends TaughtClass {
  readonly name: string;
}

/**
 * A model that knows taught classes beside its own, after them in the order given. They are as likely beforehand as any other class;
 * the model's own keep their odds among each other, and its thresholds hold.
 */
export function withTaught(model: SetModel, all: readonly NamedClass[]): SetModel {
  const taught = all.filter(({ name }) => !model.classes.includes(name)); // an adapted model may know the class by now
  if (taught.length === 0) return model;
  const { thresholds } = model.card;
  const sigma = widthOf(model);
  const classes = [...model.classes, ...taught.map(({ name }) => name)];
  return {
    card: model.card,
    classes,
    dimensions: model.dimensions,
    gaussians: model.gaussians,
    kinds: model.kinds,
    classify(X: Embeddings, options?: { readonly together?: boolean }): ExpressionAnswer[] {
      const known = model.classify(X, options);
      const posterior = known.flatMap(({ distribution }) => Array.from(distribution));
      const density = known.map(({ logDensity }) => logDensity);
      const added = addTaught(
        { posterior, logDensity: density },
        taught.map((one) => logDensityOfTaught(X, one, { sigma })),
        { classes: model.classes.length },
      );
      return known.map(({ subclass }, i): ExpressionAnswer => {
        const distribution = added.posterior.slice(i * classes.length, (i + 1) * classes.length);
        const most = distribution.reduce((best, P, c) => (P > (distribution[best] as number) ? c : best), 0);
        const logDensity = added.logDensity[i] as number;
        const sure = (distribution[most] as number) >= thresholds.posterior;
        const verdict = logDensity < thresholds.logDensity ? "none of these" : sure ? "named" : "unsure";
        return {
          distribution,
          predicted: verdict === "named" ? most : -1,
          verdict,
          subclass: most < model.classes.length ? subclass : -1,
          logDensity,
        };
      });
    },
  };
}

/**
 * The width of the Gaussians that say how dense a model's faces lie, in the embedding's units: the mean where they differ. Of those that
 * are no spheres it is the width of a sphere of the same volume.
 */
export function widthOf({ kinds }: SetModel): number {
  const { sigmas: all, whitening, columns } = kinds.gaussians;
  const sigmas = all.filter((sigma) => sigma > 0);
  const mean = sigmas.reduce((sum, sigma) => sum + sigma, 0) / sigmas.length;
  if (whitening === undefined) return mean;
  const logVolume = Array.from({ length: columns }, (_, d) => Math.log(whitening[d * (columns + 1)] as number));
  return mean * Math.exp(-logVolume.reduce((sum, value) => sum + value, 0) / columns);
}
