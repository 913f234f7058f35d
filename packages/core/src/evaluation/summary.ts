import type { Estimate } from "./bootstrap.ts";
import type { ClassReport } from "./class-reports.ts";
import type { Evaluation, LeftOut, Unfindable } from "./evaluate.ts";
import type { EvaluateSettings } from "./options.ts";

/** An evaluation as JSON holds it: what is NaN is null there. */
export interface EvaluationSummary {
  readonly rows: { readonly train: number; readonly test: number };
  readonly classes: readonly string[];
  readonly metrics: Readonly<Record<string, Estimate>>;
  readonly perClass: readonly ClassReport[];
  /** One row a true class, one column a predicted one. */
  readonly confusion: readonly (readonly number[])[];
  /** The curve at coverages of 1 to 100 percent (fewer where there are fewer rows), from 0 to 1. */
  readonly riskCoverage: readonly { readonly coverage: number; readonly risk: number }[];
  /** Test rows of whose recording or person others were left out: among the test rows, and among those that vote. */
  readonly leftOut?: LeftOut;
  /** Test rows of a class that is not where they look for it: they have no part in the metrics of retrieval. */
  readonly unfindable?: readonly Unfindable[];
  readonly settings: EvaluateSettings;
}

/**
 * The numbers of an evaluation without its rows: what is stored, compared in tables and printed by `--json`.
 *
 * @example
 * const labels = Int32Array.of(0, 0, 1, 1);
 * const X = new Embeddings(Float32Array.of(0, 1, 8, 9), 1, { labels });
 * summary(evaluate(X, X, { k: 1, bootstrap: 0 })).confusion; // [[2, 0], [0, 2]]
 */
export function summary(evaluation: Evaluation): EvaluationSummary {
  const { rows, classes, metrics, perClass, confusion, leftOut, unfindable, settings } = evaluation;
  const { coverage, risk } = evaluation.riskCoverage;
  const places = new Set(Array.from({ length: 100 }, (_, percent) => Math.ceil(((percent + 1) / 100) * risk.length) - 1));
  const C = confusion.classes;
  return {
    rows,
    classes,
    metrics: metrics as Record<string, Estimate>,
    perClass,
    confusion: Array.from({ length: C }, (_, c) => Array.from(confusion.counts.subarray(c * C, (c + 1) * C))),
    riskCoverage: [...places].map((i) => ({ coverage: coverage[i] as number, risk: risk[i] as number })),
    ...(leftOut && { leftOut }),
    ...(unfindable && { unfindable }),
    settings,
  };
}
