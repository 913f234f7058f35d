import { isModel } from "@semblant/photos";
import { type EvaluatedModel, evaluateModel } from "./evaluate-model.ts";
import { type EvaluatedRun, type EvaluateRunOptions, evaluateRun } from "./evaluate-run.ts";

/** Measures a run, or an exported model; a model that a run is compared with is measured on the run's faces. */
export async function evaluateNamed(
  given: string,
  options: EvaluateRunOptions,
  progress: (text: string) => void,
  first?: EvaluatedRun | EvaluatedModel,
): Promise<EvaluatedRun | EvaluatedModel> {
  if (!isModel(given)) return evaluateRun(given, options, progress);
  const like = options.data === undefined && first !== undefined ? { like: first.settings.data } : {};
  return evaluateModel(given, { ...options, ...like }, progress);
}
