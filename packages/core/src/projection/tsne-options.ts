import type { Embeddings } from "../embeddings/embeddings.ts";
import { refuseNonFinite } from "../embeddings/finite.ts";
import { DataError, invalidOption, OptionError, refuseUnknown } from "../errors.ts";
import type { Random } from "../random.ts";
import { refuseUnusablePositions } from "./positions.ts";

export interface TsneOptions {
  /**
   * How many neighbours a row attends to, roughly; from 1 to a third of the other rows. By default 30, or that third where there are
   * fewer than 91 rows.
   */
  readonly perplexity?: number;
  /** How coarsely far points are summed: from 0, every pair, to 1, a cell as wide as its distance. */
  readonly theta?: number;
  /** How many steps. The first 250 are exaggerated, or the first quarter where they are fewer than 1,000. */
  readonly iterations?: number;
  /** Where the start's noise is drawn from. */
  readonly random?: Random;
  /** `pca`: the two main axes, scaled to a standard deviation of 10⁻⁴ along the first; or positions, (rows, 2), taken as they are. */
  readonly initial?: "pca" | Float64Array;
  /** A number above 0, or `auto`: rows / exaggeration / 4, but at least 50 (Belkina et al. 2019, in scikit-learn's units). */
  readonly learningRate?: number | "auto";
  /** What affinities are multiplied by at first, so that groups form while there is room; from 1. */
  readonly exaggeration?: number;
}

/** What a map was made with, every default filled in. */
export interface TsneSettings {
  readonly perplexity: number;
  readonly theta: number;
  readonly iterations: number;
  readonly initial: "pca" | "given";
  readonly learningRate: number;
  readonly exaggeration: number;
}

const names = ["perplexity", "theta", "iterations", "random", "initial", "learningRate", "exaggeration"];

/** The options with their defaults for these rows, or the error that says what cannot be. */
export function settle(where: string, X: Embeddings, options: TsneOptions): TsneSettings {
  refuseUnknown(where, options, names);
  if (X.rows < 4) throw new DataError(`${where}: expected at least 4 rows, but got ${X.rows}.`);
  refuseNonFinite(where, X);
  const most = (X.rows - 1) / 3;
  const { perplexity = Math.min(30, most), theta = 0.5, iterations = 1000, initial = "pca", exaggeration = 12 } = options;
  if (!(perplexity >= 1)) throw invalidOption(where, "perplexity", "a number from 1", perplexity);
  if (perplexity > most) {
    throw new OptionError(
      `${where}: expected perplexity to be at most ${Math.floor(100 * most) / 100}, a third of the ${X.rows - 1} other ` +
        `rows, but got ${perplexity}.`,
    );
  }
  if (!(theta >= 0 && theta <= 1)) throw invalidOption(where, "theta", "a number from 0 to 1", theta);
  if (!Number.isInteger(iterations) || iterations < 1) throw invalidOption(where, "iterations", "a whole number above 0", iterations);
  if (!(exaggeration >= 1 && exaggeration < Infinity)) throw invalidOption(where, "exaggeration", "a number from 1", exaggeration);
  const { learningRate: rate = "auto" } = options;
  const learningRate = rate === "auto" ? Math.max(X.rows / exaggeration / 4, 50) : rate;
  if (!(learningRate > 0 && learningRate < Infinity)) throw invalidOption(where, "learningRate", `a number above 0 or "auto"`, rate);
  refuseUnusableStart(where, X.rows, initial);
  return { perplexity, theta, iterations, initial: initial === "pca" ? "pca" : "given", learningRate, exaggeration };
}

function refuseUnusableStart(where: string, rows: number, initial: "pca" | Float64Array): void {
  if (initial === "pca") return;
  if (!(initial instanceof Float64Array)) throw invalidOption(where, "initial", `"pca" or a Float64Array`, initial);
  refuseUnusablePositions(where, "initial", initial, { rows, columns: 2 });
}
