import { DataError } from "@semblant/core";
import { tidy } from "@semblant/torch";
import type { Settings } from "../settings/setting-types.ts";
import type { Step } from "../steps/step.ts";
import type { Run } from "./run.ts";

/** The record with which a run's loss, embeddings or weights ceased to be numbers, or undefined where they did not. */
export function lostAt(run: Run): Step | undefined {
  const last = run.steps().at(-1);
  return last?.ended?.reason === "not finite" ? last : undefined;
}

/** The step after which the weights to use were so, or undefined where none are on disk. */
export function savedStep(run: Run): number | undefined {
  return tidy(() => run.best()?.state.step);
}

/** What to try in place of a run that was lost. */
export function anotherTry({ optimizer }: Pick<Settings, "optimizer">): string {
  return `Train again with a lower rate (--learning-rate, ${optimizer.learningRate} here) into another folder (--out).`;
}

/**
 * Refuses to go on with a run that was lost: the same weights and the same batches would end at the same step.
 *
 * @throws DataError that says what the run has saved, and what to do in its place
 */
export function refuseLost(run: Run): void {
  const lost = lostAt(run);
  if (lost === undefined) return;
  const step = savedStep(run);
  const kept = step === undefined ? "Nothing could be saved." : `Its weights of step ${step} are saved, and can be evaluated.`;
  throw new DataError(
    `run at ${run.dir}: expected a run to go on with, but its training was lost at step ${lost.step} and ` +
      `would be again.\n  ${kept} ${anotherTry(run.settings)}`,
  );
}
