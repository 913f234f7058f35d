import type { Embeddings } from "../embeddings/embeddings.ts";
import { invalidOption, OptionError, refuseUnknown } from "../errors.ts";
import { Random } from "../random.ts";
import { fitGaussianMixture, MIXTURE_OPTIONS, type MixtureOptions } from "./fit-mixture.ts";
import type { GaussianMixture } from "./gaussian-mixture.ts";

export interface MixtureChoiceOptions extends Omit<MixtureOptions, "k" | "initial"> {
  /** The fewest groups tried. */
  readonly from: number;
  /** The most groups tried. */
  readonly to: number;
  /** `bic`: the least Bayesian information criterion; `held-out`: the greatest likelihood of rows left out of the fit. */
  readonly by: "bic" | "held-out";
  /** Into how many parts rows are dealt, each left out once; for `held-out`. */
  readonly folds?: number;
}

/** How a number of groups did. */
export interface MixtureScore {
  readonly k: number;
  /** By `bic` the criterion, the smaller the better; by `held-out` mean ln p(x) of the rows left out, in nats, the greater the better. */
  readonly score: number;
}

export interface MixtureChoice {
  /** The mixture of the best number of groups, fitted to all rows. */
  readonly chosen: GaussianMixture;
  /** One a number of groups, in ascending order. */
  readonly scores: readonly MixtureScore[];
}

/**
 * Tries every number of groups and yields how each did; returns the best one's mixture, the fewest groups of equals.
 * {@link chooseMixture} runs it to the end and says what is tried.
 *
 * @throws what {@link chooseMixture} throws
 *
 * @example
 * const X = new Embeddings(Float32Array.of(0, 1, 2, 10, 11, 12), 1);
 * for (const { k, score } of mixtureChoices(X, { from: 1, to: 3, by: "bic" })) console.log(k, score);
 */
export function* mixtureChoices(X: Embeddings, options: MixtureChoiceOptions): Generator<MixtureScore, MixtureChoice, void> {
  const where = "chooseMixture";
  refuseUnknown(where, options, ["from", "to", "by", "folds", ...MIXTURE_OPTIONS.filter((name) => name !== "k" && name !== "initial")]);
  const { from, to, by, folds = 5, random = new Random(0), ...others } = options;
  if (by !== "bic" && by !== "held-out") throw invalidOption(where, "by", `"bic" or "held-out"`, by);
  if (!Number.isInteger(folds) || folds < 2) throw invalidOption(where, "folds", "a whole number above 1", folds);
  if (!Number.isInteger(from) || from < 1) throw invalidOption(where, "from", "a whole number above 0", from);
  if (!Number.isInteger(to) || to < from) throw invalidOption(where, "to", `a whole number from ${from}`, to);
  const most = by === "bic" ? X.rows : X.rows - Math.ceil(X.rows / folds);
  if (to > most) {
    const left = by === "bic" ? "" : ` that are left when one of ${folds} parts is held out`;
    throw new OptionError(`${where}: expected to to be at most the ${most} rows${left}, but got ${to}.`);
  }
  const dealt = random.fork("folds").permutation(X.rows);
  const scores: MixtureScore[] = [];
  let best: { score: number; mixture: GaussianMixture | undefined; k: number } | undefined;
  for (let k = from; k <= to; k++) {
    const fit = (rows: Embeddings) => fitGaussianMixture(rows, { ...others, k, random: random.fork(`k ${k}`) });
    const mixture = by === "bic" ? fit(X) : undefined;
    const score = mixture ? mixture.bic(X) : heldOut(X, dealt, folds, fit);
    scores.push({ k, score });
    yield { k, score };
    if (best === undefined || (by === "bic" ? score < best.score : score > best.score)) best = { score, mixture, k };
  }
  const { k, mixture } = best as NonNullable<typeof best>;
  return { chosen: mixture ?? fitGaussianMixture(X, { ...others, k, random: random.fork(`k ${k}`) }), scores };
}

/**
 * The mixture with the number of groups that the rows speak for, from `from` to `to`.
 *
 * By `bic` each is fitted to all rows and its parameters are charged for: made for many rows per group. By `held-out` rows are dealt
 * at random into `folds` parts (5), each part is scored under the mixture of the others, and nothing is charged for: the safer
 * answer where covariances have many numbers for the rows there are. Other options are those of {@link gaussianMixture}.
 *
 * @throws OptionError if `from`, `to` or `folds` are no such numbers of groups or parts of the rows, or an option is unknown
 * @throws what {@link gaussianMixture} throws
 *
 * @example
 * const random = new Random(1);
 * const X = new Embeddings(Float32Array.from({ length: 90 }, (_, i) => 9 * (i % 3) + random.normal()), 1);
 * chooseMixture(X, { from: 1, to: 5, by: "bic" }).chosen.k; // 3
 */
export function chooseMixture(X: Embeddings, options: MixtureChoiceOptions): MixtureChoice {
  const choices = mixtureChoices(X, options);
  let step = choices.next();
  while (!step.done) step = choices.next();
  return step.value;
}

/** Mean ln p(x) of every row under the mixture of the parts it is not in. */
function heldOut(X: Embeddings, dealt: Int32Array, folds: number, fit: (rows: Embeddings) => GaussianMixture): number {
  let sum = 0;
  for (let fold = 0; fold < folds; fold++) {
    const left = dealt.filter((_, place) => place % folds === fold);
    if (left.length === 0) continue;
    const mixture = fit(X.take(dealt.filter((_, place) => place % folds !== fold)));
    for (const logDensity of mixture.logDensity(X.take(left))) sum += logDensity;
  }
  return sum / X.rows;
}
