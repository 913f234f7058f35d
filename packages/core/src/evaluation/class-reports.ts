import type { Estimate } from "./bootstrap.ts";
import { withIntervals } from "./intervals.ts";
import { type ClassRetrieval, classMetricsOf, retrievalScores } from "./metrics-of.ts";
import type { EvaluateSettings } from "./options.ts";
import type { Outcomes } from "./outcomes.ts";

/** One class of the test set; percent. */
export interface ClassReport {
  readonly name: string;
  /** Test rows of the class. */
  readonly support: number;
  /** As its rows are named by the vote of their neighbours. */
  readonly precision: Estimate;
  readonly recall: Estimate;
  readonly f1: Estimate;
  /** As its rows look for their class: means over those that have a row to find, NaN without any. */
  readonly retrieval: { readonly [name in keyof ClassRetrieval]: Estimate };
}

/** Classes beyond which there are no intervals per class: each draw would hold a dozen numbers of every class. */
const mostWithIntervals = 100;

/** What each class has of its own; without intervals where there are more than a hundred classes. */
export function classReports(outcomes: Outcomes, classes: readonly string[], settings: EvaluateSettings): ClassReport[] {
  const few = classes.length <= mostWithIntervals;
  const scores = withIntervals(outcomes, classMetricsOf, few ? settings : { ...settings, bootstrap: 0 });
  const names = retrievalScores(outcomes).map(([name]) => name);
  return classes.map((name, c) => ({
    name,
    support: outcomes.truth.filter((label) => label === c).length,
    precision: scores[`precision ${c}`] as Estimate,
    recall: scores[`recall ${c}`] as Estimate,
    f1: scores[`f1 ${c}`] as Estimate,
    retrieval: Object.fromEntries(names.map((metric) => [metric, scores[`${metric} ${c}`]])) as unknown as ClassReport["retrieval"],
  }));
}
