import { DataError, refuseUnknown } from "../errors.ts";
import { Random } from "../random.ts";
import { type Difference, pairedBootstrap } from "./bootstrap.ts";
import type { Evaluation } from "./evaluate.ts";
import { type McNemar, mcnemar } from "./mcnemar.ts";
import { type MetricName, metricsOf, type OptionalMetricName } from "./metrics-of.ts";
import { takeOutcomes } from "./outcomes.ts";

/** How two embeddings differ on the same test rows. */
export interface Comparison {
  /** For each metric both have, first − second, in the metric's own unit (points of percent, nats). */
  readonly differences: { readonly [name in MetricName]: Difference } & { readonly [name in OptionalMetricName]?: Difference };
  /** McNemar's exact test of each accuracy; its p is also that of the difference above. */
  readonly mcnemar: { readonly accuracy: McNemar; readonly gaussianAccuracy: McNemar; readonly headAccuracy?: McNemar };
}

/**
 * Compares two evaluations of the same test rows, row by row.
 *
 * Accuracies are tested by McNemar's exact test; everything else by a paired bootstrap of the difference, both measured on the
 * same draws. Intervals are 95 %. p-values are not corrected for how many there are. They tell these two networks apart, not the
 * ways they were trained: for that, compare several seeds.
 *
 * @throws DataError if the test rows are not the same (number, labels, classes)
 * @throws OptionError if an option is unknown or out of range
 *
 * @example
 * const labels = Int32Array.of(0, 0, 0, 1, 1, 1);
 * const train = new Embeddings(Float32Array.of(0, 1, 2, 8, 9, 10), 1, { labels });
 * const test = new Embeddings(Float32Array.of(0, 1, 2, 8, 9, 10), 1, { labels });
 * const evaluation = evaluate(train, test, { k: 1, bootstrap: 0 });
 * compare(evaluation, evaluation, { bootstrap: 10 }).mcnemar.accuracy.p; // 1
 */
export function compare(first: Evaluation, second: Evaluation, options: { bootstrap?: number; seed?: number } = {}): Comparison {
  refuseUnknown("compare", options, ["bootstrap", "seed"]);
  const { bootstrap = 1000, seed = 0 } = options;
  refuseOtherRows(first, second);
  const [a, b] = [first.outcomes, second.outcomes];
  const tests = {
    accuracy: mcnemar(right(a.truth, a.predicted), right(b.truth, b.predicted)),
    gaussianAccuracy: mcnemar(a.gaussian.correct, b.gaussian.correct),
    ...(a.head && b.head && { headAccuracy: mcnemar(a.head.correct, b.head.correct) }),
  };
  const differences = pairedBootstrap(
    first.rows.test,
    (rows) => metricsOf(takeOutcomes(a, rows)),
    (rows) => metricsOf(takeOutcomes(b, rows)),
    { resamples: bootstrap, random: new Random(seed).fork("bootstrap") },
  );
  for (const [name, test] of Object.entries(tests)) differences[name] = { ...(differences[name] as Difference), p: test.p };
  return { differences: differences as Comparison["differences"], mcnemar: tests };
}

function right(truth: Int32Array, predicted: Int32Array): Uint8Array {
  return Uint8Array.from(truth, (label, i) => (label === predicted[i] ? 1 : 0));
}

function refuseOtherRows(first: Evaluation, second: Evaluation): void {
  if (first.rows.test !== second.rows.test) {
    throw new DataError(
      `compare: expected evaluations of the same test rows, but the first has ${first.rows.test} and the second ${second.rows.test}.`,
    );
  }
  const other = first.truth.findIndex((label, i) => first.classes[label] !== second.classes[second.truth[i] as number]);
  if (other < 0) return;
  const names = [first, second].map(({ classes, truth }) => classes[truth[other] as number]);
  throw new DataError(
    `compare: expected evaluations of the same test rows, but row ${other} is ${names[0]} in the first and ${names[1]} in the second.`,
  );
}
