import { DataError } from "@semblant/core";
import { randomState, setRandomState, type Tensor, tidy } from "@semblant/torch";
import { prefixed, type TrainingState, withPrefix } from "../runs/checkpoint.ts";
import { refuseOtherData } from "../runs/data-digest.ts";
import { refuseMissingCheckpoint } from "../runs/missing-checkpoint.ts";
import type { Run } from "../runs/run.ts";
import { type HealthState, healthy } from "../steps/health.ts";
import type { Ending, Validation } from "../steps/step.ts";
import { following, type LagState } from "../steps/validation-lag.ts";
import { copies, copyAll } from "../steps/weight-average.ts";
import type { Training } from "./set-up.ts";

/** How far a training has come, beside its weights. */
export interface Progress {
  step: number;
  best: { value: number; step: number } | null;
  validationsSinceBest: number;
  health: HealthState;
  lag: LagState;
  /** Time spent in training before this session. */
  seconds: number;
  ended: Ending | null;
  /** The weights of the best validation, until they are on disk. */
  bestWeights?: ReadonlyMap<string, Tensor>;
}

/**
 * Where the training stands: at the run's last checkpoint, whose weights and generators it then has, or at the beginning.
 *
 * @throws DataError if the checkpoint is gone, of other data, or of another network or loss
 */
export function resume(training: Training, run: Run | undefined): Progress {
  if (run !== undefined) refuseMissingCheckpoint(run);
  const checkpoint = run?.last();
  if (run === undefined || checkpoint === undefined) {
    if (run !== undefined) begin(run, training);
    return { step: 0, best: null, validationsSinceBest: 0, health: healthy, lag: following, seconds: 0, ended: null };
  }
  const { state, tensors } = checkpoint;
  const { weights, images, classes, average, optimizer, batches, device } = training;
  const saved = new Map([...tensors].filter(([name]) => /^(network|loss)\./.test(name)));
  if (state.images !== images.images.count || state.classes.join() !== classes.join()) {
    throw new DataError(
      `run at ${run.dir}: expected the data it began with, ${state.images} training images of ${state.classes.length} ` +
        `classes, but got ${images.images.count} of ${classes.length}.`,
    );
  }
  refuseOtherData(`run at ${run.dir}`, state.data, training.digest);
  const different = [...weights].find(([name, { shape }]) => saved.get(name)?.shape.join() !== shape.join());
  if (different !== undefined) {
    throw new DataError(`run at ${run.dir}: its checkpoint does not fit the network: ${different[0]} is missing or of another shape.`);
  }
  copyAll(saved, weights);
  average?.load(withPrefix(tensors, "average."));
  optimizer.loadState({ step: state.optimizerStep, tensors: withPrefix(tensors, "optimizer.") });
  batches.resume(state);
  for (const [where, bytes] of Object.entries(state.engine)) {
    if (where === "cpu" || where === device) setRandomState(Uint8Array.from(Buffer.from(bytes, "base64")), where);
  }
  for (const tensor of tensors.values()) tensor.dispose();
  const { step, best, validationsSinceBest, health, lag = following, seconds, ended } = state;
  return { step, best, validationsSinceBest, health, lag, seconds, ended };
}

/** Keeps what the data are before the first step; a run that was stopped before its first checkpoint goes on with the same data only. */
function begin(run: Run, { digest }: Training): void {
  refuseOtherData(`run at ${run.dir}`, run.data, digest);
  if (run.data === undefined) run.begin(digest());
}

/** Writes where the training stands, and before it the best weights where they are newer than those on disk. */
export function save(run: Run, training: Training, progress: Progress, seconds: number): void {
  const { weights, average, optimizer } = training;
  const state = stateOf(training, progress, seconds);
  if (progress.best === null) keepBest(training, progress); // nothing says yet which weights are best, so the latest are
  saveBest(run, training, progress);
  const tensors = new Map([
    ...weights,
    ...prefixed("average.", average?.tensors() ?? new Map()),
    ...prefixed("optimizer.", optimizer.state().tensors),
  ]);
  run.saveLast({ tensors, state });
}

/** Writes the best weights where they are newer than those on disk. */
export function saveBest(run: Run, { classes, digest }: Training, progress: Progress): void {
  if (progress.bestWeights === undefined) return;
  const best = new Map([...progress.bestWeights].map(([name, tensor]) => [name.replace(/^network\./, ""), tensor]));
  const { step, value } = progress.best ?? { step: progress.step, value: null };
  run.saveBest({ tensors: best, state: { step, classes, data: digest(), value } });
  forgetBest(progress);
}

/** Whether every weight is a number still: others are of no use, and are not saved. */
export function areNumbers({ weights }: Training): boolean {
  return tidy(() => [...weights.values()].every((tensor) => tensor.isFinite().all().item()));
}

/**
 * At the end of an epoch that settings have validated, and after the last step: the metric, and the weights kept if it
 * is the best so far.
 */
export function validate(training: Training, progress: Progress): Validation | undefined {
  const { sampler, steps, settings, average } = training;
  const between = sampler.batchesPerEpoch * settings.validation.every;
  if (training.validate === undefined || (progress.step % between !== 0 && progress.step !== steps)) return undefined;
  const value = average === undefined ? training.validate() : average.during(training.validate);

  const improved = !Number.isNaN(value) && (progress.best === null || value > progress.best.value);
  if (improved) {
    progress.best = { value, step: progress.step };
    keepBest(training, progress);
  }
  progress.validationsSinceBest = improved ? 0 : progress.validationsSinceBest + 1;
  const { metric } = settings.validation;
  return { metric, value, best: progress.best?.value ?? value, improved, faces: training.validationImages };
}

function keepBest({ weights, average }: Training, progress: Progress): void {
  forgetBest(progress);
  progress.bestWeights = copies(average?.tensors() ?? weights);
}

export function forgetBest(progress: Progress): void {
  for (const tensor of progress.bestWeights?.values() ?? []) tensor.dispose();
  delete progress.bestWeights;
}

function stateOf({ images, classes, digest, batches, device, optimizer }: Training, progress: Progress, seconds: number): TrainingState {
  const { step, best, validationsSinceBest, health, lag, ended } = progress;
  const generators = device === "cpu" ? ["cpu"] : ["cpu", device];
  return {
    step,
    classes,
    data: digest(),
    images: images.images.count,
    ...batches.state(),
    engine: Object.fromEntries(generators.map((where) => [where, Buffer.from(randomState(where)).toString("base64")])),
    optimizerStep: optimizer.state().step,
    best,
    validationsSinceBest,
    health,
    lag,
    seconds,
    ended: ended?.reason === "stopped" ? null : ended, // what was stopped goes on
  };
}
