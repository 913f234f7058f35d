import { existsSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "@semblant/core";
import { isFileFailure } from "@semblant/core/internals";
import { lostAt } from "./lost-run.ts";
import type { Run } from "./run.ts";

/**
 * Refuses to go on with a run whose checkpoint was written and is gone: beginning anew would write over what it has.
 *
 * @throws DataError that says how many steps are logged, and what to do
 */
export function refuseMissingCheckpoint(run: Run): void {
  if (run.begun) return;
  const steps = run.steps().length;
  const best = existsSync(join(run.dir, "best.safetensors"));
  const said = run.checkpointed ?? (lostAt(run) === undefined && (best || run.steps().at(-1)?.ended !== undefined));
  if (!said) return;
  const kept = best ? " Its best weights are there, and can be evaluated." : "";
  throw new DataError(
    `run at ${run.dir}: expected its checkpoint last.safetensors to go on from, but it is gone; steps ` +
      `logged: ${steps}.\n  Put it back, or train anew into another folder.${kept}`,
  );
}

/** Whether a run ended before its first checkpoint, or before its first step: going on with it begins at step 1. */
export function beginsAnew(run: Run): boolean {
  return !run.begun;
}

/**
 * Where a run goes on whose training ended because a file could not be written, or undefined for another error: the step of its last
 * checkpoint, 0 where there is none.
 */
export function goesOnAfter(run: Run, error: unknown): number | undefined {
  if (!(error instanceof DataError) || !isFileFailure(error.cause)) return undefined;
  const last = run.last();
  for (const tensor of last?.tensors.values() ?? []) tensor.dispose();
  return last?.state.step ?? 0;
}
