import {
  accuracy,
  densityThreshold,
  type Embeddings,
  expectedCalibrationError,
  fitSubclassGaussians,
  logLoss,
  type SubclassGaussians,
} from "@semblant/core";

/** Gaussians of the classes, how they were chosen, and what is below them. */
export interface ChosenGaussians {
  readonly gaussians: SubclassGaussians;
  readonly sigma: number;
  readonly priors: "equal" | "natural";
  /** On the validation faces: nats, and percent. */
  readonly validation: { readonly logLoss: number; readonly accuracy: number; readonly ece: number };
  readonly thresholds: { readonly posterior: number; readonly logDensity: number };
}

/** Sub-classes: parts of the classes. */
export interface Kinds {
  /** (rows): the kind of each training face. */
  readonly labels: Int32Array;
  /** (kinds): the class of each. */
  readonly parents: ArrayLike<number>;
}

/** A name that is less probable than not is none. */
const unsureBelow = 0.5;
/** The part of known faces that are not to be called none of these. */
const accepted = 0.99;

/**
 * Gaussians of the classes by the training faces' means; width and priors are those under which validation labels are most
 * probable (least log-loss). Widening the Gaussians divides every log-odds alike: it is what temperature is for a softmax.
 *
 * @param sigma the width it was trained with, about which others are tried
 * @param split the sub-class of each training face and the class of each sub-class, for one Gaussian per sub-class; by
 *   default one per class
 */
export function chooseGaussians(train: Embeddings, validation: Embeddings, sigma: number, split?: Kinds): ChosenGaussians {
  const truth = validation.labels as Int32Array;
  const classes = validation.classes?.length as number;
  const { labels: subclasses, parents } = split ?? { labels: train.labels as Int32Array, parents: [...Array(classes).keys()] };
  const tried = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.4, 1.6, 1.8, 2, 2.5, 3].flatMap((factor) =>
    (["equal", "natural"] as const).map((priors) => {
      const shares = priors === "equal" ? "equal classes" : priors;
      const gaussians = fitSubclassGaussians(train, { subclasses, parents, sigma: factor * sigma, priors: shares });
      const posterior = gaussians.posterior(validation);
      return { gaussians, sigma: factor * sigma, priors, posterior, logLoss: logLoss(truth, posterior, classes) };
    }),
  );
  const best = tried.reduce((a, b) => (b.logLoss < a.logLoss ? b : a));
  const { predicted, confidence, logDensity } = best.gaussians.classify(validation);
  const correct = predicted.map((c, i) => (c === truth[i] ? 1 : 0));
  return {
    gaussians: best.gaussians,
    sigma: best.sigma,
    priors: best.priors,
    validation: {
      logLoss: best.logLoss,
      accuracy: 100 * accuracy(truth, predicted),
      ece: 100 * expectedCalibrationError(confidence, correct),
    },
    thresholds: { posterior: unsureBelow, logDensity: densityThreshold(logDensity, { accept: accepted }) },
  };
}

/**
 * Gaussians to name faces by, and Gaussians of the sub-classes to search for: one per class names them, unless the
 * validation labels are more probable under those of the kinds. `kinds` is `chosen` where they name, or where no class
 * has two.
 */
export function chooseForKinds(
  train: Embeddings,
  validation: Embeddings,
  sigma: number,
  split?: Kinds,
): { readonly chosen: ChosenGaussians; readonly kinds: ChosenGaussians } {
  const byClass = chooseGaussians(train, validation, sigma);
  if (split === undefined || split.parents.length <= byClass.gaussians.classes) return { chosen: byClass, kinds: byClass };
  const kinds = chooseGaussians(train, validation, sigma, split);
  return { chosen: kinds.validation.logLoss < byClass.validation.logLoss ? kinds : byClass, kinds };
}
