import type { Embeddings } from "../embeddings/embeddings.ts";
import { fitGaussians } from "../gaussians/fit.ts";
import { posteriorsOfOthers } from "../gaussians/leave-one-out.ts";
import { type RankedRetrieval, rankedRetrieval } from "../metrics/ranked-retrieval.ts";
import type { NotCompared } from "../retrieval/compared.ts";
import { firstNeighbors } from "../retrieval/first-neighbors.ts";
import { findNeighbors, type Neighbors } from "../retrieval/neighbors.ts";
import { type EvaluateOptions, type EvaluateSettings, findableRows } from "./options.ts";
import type { LabeledEmbeddings } from "./refusals.ts";

/** The neighbours of test rows, and how early their class comes. */
export interface FoundNeighbors {
  /** The training rows that vote. */
  readonly voters: Neighbors;
  /** The nearest training rows: those that vote first. */
  readonly train: Neighbors;
  /** The nearest of the rows among which a test row looks for its class. */
  readonly test: Neighbors;
  readonly ranked: RankedRetrieval;
  /** Labels of the rows among which a test row looks for its class. */
  readonly gallery: Int32Array;
}

/** Finds each test row's neighbours once: where it looks for its class among those that vote, one search serves both. */
export function findBoth(
  train: LabeledEmbeddings,
  test: LabeledEmbeddings,
  options: EvaluateSettings & Pick<EvaluateOptions, "itself" | "keep">,
): FoundNeighbors {
  const { k, ks, keep = 0, leaveOut, leaveOneOut, retrieval, itself } = options;
  const asked: NotCompared = { leaveOut, ...(leaveOneOut ? { excludeSelf: true } : itself && { itself }) };
  const voting = Math.max(k, Math.min(keep, findableRows(train, options)));
  if (retrieval === "train") {
    const looking = Math.max(1, ...ks, Math.min(keep, voting));
    const all = findNeighbors(test, train, { k: Math.max(voting, looking), ...asked });
    return {
      voters: firstNeighbors(all, k),
      train: firstNeighbors(all, voting),
      test: firstNeighbors(all, looking),
      ranked: rankedRetrieval(test, train, asked),
      gallery: train.labels,
    };
  }
  const nearest = findNeighbors(test, train, { k: voting, ...asked });
  const others: NotCompared = { excludeSelf: true, leaveOut };
  return {
    voters: firstNeighbors(nearest, k),
    train: nearest,
    test: findNeighbors(test, test, { k: Math.max(1, ...ks, Math.min(keep, test.rows - 1)), ...others }),
    ranked: rankedRetrieval(test, test, others),
    gallery: test.labels,
  };
}

/** (test rows, classes): by Gaussians of the training rows, those that are the test row itself left out of their class. */
export function posteriorOfTest(
  train: LabeledEmbeddings,
  test: Embeddings,
  { sigma, priors, leaveOneOut, itself }: EvaluateSettings & { readonly itself?: Int32Array | undefined },
): Float64Array {
  if (leaveOneOut) return posteriorsOfOthers(train, { sigma, priors });
  const posterior = fitGaussians(train, { sigma, priors }).posterior(test);
  if (itself === undefined || itself.every((row) => row < 0)) return posterior;
  const classes = train.classes.length;
  const ofOthers = posteriorsOfOthers(train, { sigma, priors });
  for (const [i, row] of itself.entries()) {
    if (row >= 0) posterior.set(ofOthers.subarray(row * classes, (row + 1) * classes), i * classes);
  }
  return posterior;
}
