import { invalidOption, refuseUnknown } from "../errors.ts";

/** Below which a Gaussian's answer is not sure. */
export interface AnswerThresholds {
  /** The least probability of a class that is named, 0 to 1 (0). */
  readonly minimumPosterior?: number;
  /** The least ln p(x) of a row that is named, in nats (−Infinity). */
  readonly minimumLogDensity?: number;
}

/**
 * Whether a row is answered, by its greatest probability and its log-density.
 *
 * @throws OptionError if a threshold is unknown or out of range
 */
export function surenessOf(where: string, options: AnswerThresholds): (confidence: number, logDensity: number) => boolean {
  refuseUnknown(where, options, ["minimumPosterior", "minimumLogDensity"]);
  const { minimumPosterior = 0, minimumLogDensity = -Infinity } = options;
  if (!(minimumPosterior >= 0 && minimumPosterior <= 1)) {
    throw invalidOption(where, "minimumPosterior", "a number from 0 to 1", minimumPosterior);
  }
  if (Number.isNaN(minimumLogDensity)) throw invalidOption(where, "minimumLogDensity", "a number", minimumLogDensity);
  return (confidence, logDensity) => confidence >= minimumPosterior && logDensity >= minimumLogDensity;
}
