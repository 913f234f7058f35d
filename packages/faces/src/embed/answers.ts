import { Embeddings, GaussianClasses, type ShiftReference, SubclassGaussians } from "@semblant/core";
import { discountFaces, measureShift, mostProbable } from "@semblant/core/internals";
import type { CardGaussians, ModelCard } from "./model-card.ts";
import { fromTriangle, toTriangle } from "./triangle.ts";

/** What a model makes of an embedding. */
export interface ExpressionAnswer {
  /** (classes): a distribution, what it looks like; NaN throughout for an embedding with NaN. */
  readonly distribution: Float64Array;
  /** The most probable class, or −1 where the verdict is not "named". */
  readonly predicted: number;
  readonly verdict: "named" | "unsure" | "none of these";
  /** The most probable sub-class within the predicted class (a row of the model's `kinds`), or −1. */
  readonly subclass: number;
  /** ln p(x) under all sub-classes, in nats: low where nothing like it was seen. */
  readonly logDensity: number;
}

/** What a model answers by. */
export interface Answering {
  /** What faces are named by. */
  readonly gaussians: SubclassGaussians;
  /** What tells sub-classes apart, and faces from what is none: the same, unless the card has others. */
  readonly kinds: SubclassGaussians;
}

/** The Gaussians of a card. */
export function gaussiansOf(card: Pick<ModelCard, "gaussians" | "kinds" | "dimensions" | "classes">): Answering {
  const gaussians = opened(card.gaussians, card);
  return { gaussians, kinds: card.kinds === undefined ? gaussians : opened(card.kinds, card) };
}

function opened(
  { means, sigmas, priors, parents, whitening }: CardGaussians,
  { dimensions, classes }: Pick<ModelCard, "dimensions" | "classes">,
): SubclassGaussians {
  const components = new GaussianClasses({
    columns: dimensions,
    means: Float64Array.from(means.flat()),
    sigmas: Float64Array.from(sigmas),
    priors: Float64Array.from(priors),
    whitening: whitening && fromTriangle(whitening, dimensions),
  });
  return new SubclassGaussians(components, parents, classes.length);
}

/** Gaussians as a card has them, in seven digits: what a float32 has. */
export function cardGaussiansOf({ gaussians, parents }: Pick<SubclassGaussians, "gaussians" | "parents">): CardGaussians {
  const { means, sigmas, priors, columns, whitening } = gaussians;
  return {
    means: Array.from(parents.keys(), (s) => Array.from(means.subarray(s * columns, (s + 1) * columns), shortened)),
    sigmas: Array.from(sigmas, shortened),
    priors: Array.from(priors, shortened),
    parents: Array.from(parents),
    ...(whitening && { whitening: toTriangle(whitening, columns).map(shortened) }),
  };
}

const shortened = (x: number) => Number(x.toPrecision(7));

/** How what the Gaussians say is discounted. */
export interface Discounting {
  /** The card's figures: without them nothing is. */
  readonly shift?: ShiftReference | undefined;
  /** Whether the embeddings are a set, chosen together: from ten on it is discounted as one (false). */
  readonly together?: boolean | undefined;
}

/**
 * What the Gaussians say of each embedding: a distribution over the classes, and a name where one is probable enough (eq. 1) and the
 * embedding is not farther from all sub-classes than known faces are: several to a class follow more closely where faces lie than one does.
 * Where faces are unlike those that were learned, probabilities are discounted; the most probable class stays.
 *
 * @throws ShapeError if X has other columns than the Gaussians
 */
export function answersOf(
  answering: Answering,
  X: Embeddings,
  thresholds: ModelCard["thresholds"],
  discounting: Discounting = {},
): ExpressionAnswer[] {
  const { shift, together = false } = discounting;
  const { gaussians } = answering;
  const ofSet = together && shift !== undefined ? measureShift(X, answering, shift)?.posterior : undefined;
  const answers: ExpressionAnswer[] = [];
  for (let first = 0; first < X.rows; first += BLOCK) {
    const rows = new Embeddings(X.values.subarray(first * X.columns, (first + BLOCK) * X.columns), X.columns);
    const said = ofSet?.subarray(first * gaussians.classes);
    for (const answer of answersOfRows(answering, rows, said, { thresholds, shift })) answers.push(answer);
  }
  return answers;
}

/** Rows that are answered at a time: what is computed on the way to the answers of 100,000 would take more memory than they do. */
const BLOCK = 4096;

/** @param said (rows, classes): what is said of the rows as part of their set, where they are heard so */
function answersOfRows(
  { gaussians, kinds }: Answering,
  X: Embeddings,
  said: Float64Array | undefined,
  { thresholds, shift }: { readonly thresholds: ModelCard["thresholds"]; readonly shift: ShiftReference | undefined },
): ExpressionAnswer[] {
  const { classes } = gaussians;
  const own = gaussians.posterior(X);
  const { predicted } = mostProbable(own, classes);
  const { subclass, logDensity } = kinds.answerWithin(X, predicted);
  const posterior = said ?? (shift === undefined ? own : discountFaces(own, logDensity, shift));
  return Array.from({ length: X.rows }, (_, i): ExpressionAnswer => {
    // A part of the block: 100,000 lists of their own would take thrice the memory.
    const distribution = posterior.subarray(i * classes, (i + 1) * classes);
    const density = logDensity[i] as number;
    const sure = distribution[predicted[i] as number] ?? Number.NaN;
    const known = density >= thresholds.logDensity;
    const verdict = !known ? "none of these" : sure >= thresholds.posterior ? "named" : "unsure";
    return {
      distribution,
      predicted: verdict === "named" ? (predicted[i] as number) : -1,
      verdict,
      subclass: verdict === "named" ? (subclass[i] as number) : -1,
      logDensity: density,
    };
  });
}
