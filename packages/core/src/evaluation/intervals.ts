import { Random } from "../random.ts";
import { bootstrap, type Estimate } from "./bootstrap.ts";
import { rangeOfMetric } from "./metrics-of.ts";
import type { EvaluateSettings } from "./options.ts";
import { type Outcomes, takeOutcomes } from "./outcomes.ts";

/** Everything that is measured of the outcomes, with intervals over their rows. */
export function withIntervals(
  outcomes: Outcomes,
  measure: (drawn: Outcomes) => Record<string, number>,
  settings: EvaluateSettings,
): Record<string, Estimate> {
  return bootstrap(outcomes.truth.length, (rows) => measure(takeOutcomes(outcomes, rows)), {
    resamples: settings.bootstrap,
    random: new Random(settings.seed).fork("bootstrap"),
    range: rangeOfMetric,
  });
}
