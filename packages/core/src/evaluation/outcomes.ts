import { mostProbable } from "../metrics/confidence.ts";
import { trueClassLosses, voteLosses } from "../metrics/log-loss.ts";
import type { RankedQueries } from "../metrics/ranked-retrieval.ts";

/** What came out for each test row: all that any metric needs, so that drawing rows again draws every metric again. */
export interface Outcomes {
  readonly classes: number;
  /** The classes that the test rows have: macro averages are over them. */
  readonly present: readonly number[];
  /** (rows): the class of each. */
  readonly truth: Int32Array;
  /** (rows): the class by the neighbours among the training rows. */
  readonly predicted: Int32Array;
  /** (rows): k-means clusters from drawn starts. */
  readonly clusters: Int32Array;
  /** (rows): k-means clusters from a start that knows the labels. */
  readonly seededClusters: Int32Array;
  /** For each K, (rows): whether one of the K nearest is of the class; 1, 0 or NaN. */
  readonly hits: ReadonlyMap<number, Float64Array>;
  /** For each K, (rows): the part of the K nearest that is of the class, or NaN. */
  readonly shares: ReadonlyMap<number, Float64Array>;
  /** (rows) each, from 0 to 1: average precision at R, R-precision and reciprocal rank, or NaN. */
  readonly ranked: RankedOutcomes;
  readonly gaussian: PosteriorOutcomes;
  /** Of a classifier head, where there is one. */
  readonly head?: PosteriorOutcomes;
}

/** How early the rows of its class came for each row. */
export type RankedOutcomes = Omit<RankedQueries, "relevant">;

/** What a posterior says of each row, and how badly it takes the truth and the votes. */
export interface PosteriorOutcomes {
  readonly predicted: Int32Array;
  readonly confidence: Float64Array;
  /** 1 where predicted is the truth, else 0. */
  readonly correct: Float64Array;
  readonly logLoss: Float64Array;
  /** Present where the rows have votes. */
  readonly voteLogLoss?: Float64Array;
  readonly voteDivergence?: Float64Array;
}

/** The outcomes of a posterior, (rows, classes). */
export function posteriorOutcomes(
  posterior: ArrayLike<number>,
  truth: Int32Array,
  votes: Float32Array | undefined,
  classes: number,
): PosteriorOutcomes {
  const { predicted, confidence } = mostProbable(posterior, classes);
  const losses = votes && voteLosses(votes, posterior, classes);
  return {
    predicted,
    confidence,
    correct: Float64Array.from(predicted, (c, i) => (c === truth[i] ? 1 : 0)),
    logLoss: trueClassLosses(truth, posterior, classes),
    ...(losses && { voteLogLoss: losses.crossEntropy, voteDivergence: losses.divergence }),
  };
}

/** The outcomes of the rows asked for; a row may be asked for twice. */
export function takeOutcomes(outcomes: Outcomes, rows: Int32Array): Outcomes {
  const whole = (values: Int32Array) => pick(values, rows, new Int32Array(rows.length));
  const real = (values: Float64Array) => pick(values, rows, new Float64Array(rows.length));
  const each = (lists: ReadonlyMap<number, Float64Array>) => new Map([...lists].map(([K, values]) => [K, real(values)]));
  const posterior = (all: PosteriorOutcomes): PosteriorOutcomes => ({
    predicted: whole(all.predicted),
    confidence: real(all.confidence),
    correct: real(all.correct),
    logLoss: real(all.logLoss),
    ...(all.voteLogLoss && { voteLogLoss: real(all.voteLogLoss) }),
    ...(all.voteDivergence && { voteDivergence: real(all.voteDivergence) }),
  });
  return {
    classes: outcomes.classes,
    present: outcomes.present,
    truth: whole(outcomes.truth),
    predicted: whole(outcomes.predicted),
    clusters: whole(outcomes.clusters),
    seededClusters: whole(outcomes.seededClusters),
    hits: each(outcomes.hits),
    shares: each(outcomes.shares),
    ranked: {
      averagePrecision: real(outcomes.ranked.averagePrecision),
      rPrecision: real(outcomes.ranked.rPrecision),
      reciprocalRank: real(outcomes.ranked.reciprocalRank),
    },
    gaussian: posterior(outcomes.gaussian),
    ...(outcomes.head && { head: posterior(outcomes.head) }),
  };
}

/** A loop and not a map: every interval picks some 20 lists a thousand times. */
function pick<T extends Int32Array | Float64Array>(values: T, rows: Int32Array, into: T): T {
  for (let i = 0; i < rows.length; i++) into[i] = values[rows[i] as number] as number;
  return into;
}
