import { type Comparison, compare, OptionError } from "@semblant/core";
import { isModel } from "@semblant/photos/internals";
import type { MeasuredSpace } from "../models/measured.ts";
import { type EvaluatedModel, evaluateModel } from "./evaluate-model.ts";
import { type EvaluatedRun, type EvaluateRunOptions, evaluateRun } from "./evaluate-run.ts";

/** A run or an exported model, measured. */
export type EvaluatedSpace = EvaluatedRun | EvaluatedModel;

export interface EvaluateSpaceOptions extends EvaluateRunOptions {
  /** What was measured before: a model is then measured on the same faces, where no data is named. */
  readonly like?: EvaluatedSpace;
}

/**
 * Measures a space on faces that it has not seen: classification, clustering, retrieval and calibration, with 95 % intervals. A run is
 * measured on its own test faces, or on other data by the classes that it knows. An exported model is measured on data that is named,
 * without libtorch.
 *
 * @param space a run's folder; `best` or `small`, the models that ship; or a file of `semblant export` or `adapt`
 * @throws OptionError if a model is measured on no data, or an option is out of range
 * @throws DataError if there is no such run, model or data, or the data has no labels that the space knows
 *
 * @example
 * await evaluateSpace("best");
 * // throws OptionError: evaluate: expected data with the model best, which does not hold the faces that it was made from, but got none.
 */
export async function evaluateSpace(
  space: string,
  options: EvaluateSpaceOptions = {},
  progress: (text: string) => void = () => {},
): Promise<EvaluatedSpace> {
  const { like, ...measuring } = options;
  if (!isModel(space)) return evaluateRun(space, measuring, progress);
  const same = measuring.data === undefined && like !== undefined ? { like: like.settings.data } : {};
  return evaluateModel(space, { ...measuring, ...same }, progress);
}

/**
 * The paired test of two spaces on the same faces: differences are the first minus the second.
 *
 * @throws OptionError if they were measured on different faces
 */
export function compareSpaces(first: MeasuredSpace, second: MeasuredSpace): Comparison {
  const ids = (space: MeasuredSpace) => space.embeddings.test.ids?.join("\n");
  if (ids(first) !== ids(second)) {
    throw new OptionError(
      `evaluate: ${first.run} and ${second.run} were measured on different faces, so they cannot be compared pair by pair.\n` +
        "  Name the same faces for both with --data.",
    );
  }
  return compare(first.evaluation, second.evaluation);
}
