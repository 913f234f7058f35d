import { autocast, clipGradNorm, normalize, stack, type Tensor, tidy } from "@semblant/torch";
import { augment } from "../augmentation/augment.ts";
import { imageBatch, knownBatch } from "../embedding/batches.ts";
import { examine, type Signs } from "../steps/health.ts";
import type { Ending, Step } from "../steps/step.ts";
import { Stopwatch } from "../steps/stopwatch.ts";
import { follow } from "../steps/validation-lag.ts";
import { areNumbers, forgetBest, type Progress, resume, save, saveBest, validate } from "./progress.ts";
import { setUp, type Training, type TrainOptions } from "./set-up.ts";

/** A checkpoint is written at most once in so many times what it costs: 2 % of the run. */
const COST_SHARE = 50;

/**
 * Algorithm 1, Structured Gaussian Manifold Learning, for any network and loss: yields a record after each step.
 *
 * One step draws a batch with so many images of each class, augments it, embeds it, compares the embeddings' posterior
 * with the known one (or whatever the loss does) and takes a step against the gradient. At the end of an epoch the
 * embedding is validated, and the best weights are kept in the run. Ends after the last step, after `patience` validations
 * without a better one, when `signal` is aborted, or when there is no sense in going on; the last record says which.
 *
 * Settings left out are those of the preset `best`. Same seed, data and settings, same weights, to the bit, on one
 * CPU with one number of threads; a GPU adds in an order of its own. A run that was stopped, with `break` or by a kill, goes
 * on from its last checkpoint and ends at the weights it would have had.
 *
 * Steps do not wait: a caller that wants signals or timers served awaits something between two.
 *
 * @throws OptionError for an unknown or unfit setting
 * @throws DataError for data without training images or with a class without images, or a run of other data
 *
 * @example
 * const data = generateFaces({ count: 80 });
 * const network = resnet18({ channels: 1, dimensions: 64, baseChannels: 8 });
 * for (const step of train({ network, data, loss: structuredGaussianManifold({ sigma: 1 }), perClass: 2, steps: 2, seed: 0 })) {
 *   console.log(step.loss);
 * }
 */
export function* train(options: TrainOptions): Generator<Step, void, undefined> {
  const { run, signal } = options;
  const training = setUp(options);
  const progress = resume(training, run);
  const clock = new Stopwatch();
  const log = run?.log(progress.step);
  let saved = { step: progress.step, seconds: 0, cost: 0 };
  let whole = false; // whether weights and progress are those between two steps

  const checkpoint = () => {
    if (run === undefined || progress.step === saved.step) return;
    const began = clock.seconds;
    const between = whole;
    whole = false; // what could not be saved is not tried again on the way out
    log?.flush();
    save(run, training, progress, progress.seconds + began);
    whole = between;
    saved = { step: progress.step, seconds: clock.seconds, cost: clock.seconds - began };
  };

  try {
    while (progress.step < training.steps && progress.ended === null) {
      whole = false;
      progress.step++;
      const began = performance.now();
      const rows = training.sampler.next();
      const { spread, ...numbers } = learn(training, rows, progress.step);
      clock.lap(rows.length, performance.now() - began);

      const validation = Number.isFinite(numbers.loss) ? validate(training, progress) : undefined;
      const named = validation !== undefined && !Number.isNaN(validation.value);
      const signs = { ...numbers, spread, lost: validation && !named ? ("embeddings" as const) : undefined };
      const due =
        run !== undefined && clock.seconds - saved.seconds >= Math.max(training.settings.checkpoint.seconds, COST_SHARE * saved.cost);
      progress.ended = ending(training, progress, signs, signal);
      const saving = progress.ended === null ? due : progress.ended.reason !== "not finite";
      if (saving && !areNumbers(training)) progress.ended = ending(training, progress, { ...signs, lost: "weights" }, signal);

      const { state: lag, warning } = follow(progress.lag, numbers.loss, named ? validation.value : undefined, training.loss.settings);
      progress.lag = lag;
      const ended = progress.ended && { ended: progress.ended };
      const record = {
        ...whereabouts(training, progress, clock),
        ...numbers,
        ...(named && { validation }),
        ...(warning && { warning }),
        ...ended,
      };
      log?.append(record);
      whole = progress.ended?.reason !== "not finite";
      if (whole && saving) checkpoint();
      if (!whole && run !== undefined) saveBest(run, training, progress); // those of an earlier validation are good still
      yield record;
    }
  } finally {
    try {
      if (whole && areNumbers(training)) checkpoint(); // after a break, or when the caller throws
    } finally {
      release(training, progress);
      log?.close();
    }
  }
}

/** Frees what the training holds beside the network and the loss. */
function release({ optimizer, average }: Training, progress: Progress): void {
  forgetBest(progress);
  optimizer.zeroGrad();
  optimizer.dispose();
  average?.dispose();
}

/** One step on a batch. Weights stay as they are when the loss is not finite. */
function learn(training: Training, rows: Int32Array, step: number): Signs & Pick<Step, "gradientNorm"> {
  const { network, loss, images, device, precision, optimizer, settings } = training;
  return tidy(() => {
    const pixels = imageBatch(images.images, rows, device);
    const known = knownBatch(images, rows, training.targets, device); //                                P(w | x)  (batch, classes)
    const X = augment(pixels, network.input, training.augmentation, training.random).contiguous("channelsLast");
    const Z = autocast(precision, () => network.forward(X), device).to("float32"); //                   f(x)      (batch, dimensions)
    const L = loss(Z, known); //                                                                        eqs. 1–4
    const { activeTriplets } = loss.report?.() ?? {};
    const { margin } = loss.settings;
    const ofTriplets = activeTriplets !== undefined && typeof margin === "number" ? { activeTriplets, margin } : {};
    const signs = { ...lossAndSpread(L.detach(), loss.normalized ? normalize(Z.detach()) : Z.detach()), ...ofTriplets };
    if (!Number.isFinite(signs.loss)) return signs;

    optimizer.zeroGrad();
    L.backward();
    const clipped = settings.clip === null ? {} : { gradientNorm: clipGradNorm(training.parameters, settings.clip) };
    optimizer.learningRate = training.learningRate(step);
    optimizer.step();
    training.average?.update(step);
    return { ...signs, ...clipped };
  });
}

/**
 * The loss, and the variance of the embeddings about their mean as a share of their mean squared length: 0 where all are one point.
 * They are read together: each reading waits until a GPU is done.
 */
function lossAndSpread(L: Tensor, Z: Tensor): Pick<Signs, "loss" | "spread"> {
  const squaredLength = Z.square().sum(1).mean();
  const variance = Z.variance(0, { correction: 0 }).sum();
  const [loss, length, around] = stack([L.reshape([]), squaredLength, variance]).data() as unknown as [number, number, number];
  return { loss, spread: length === 0 ? 0 : around / length };
}

function ending({ steps, settings }: Training, progress: Progress, signs: Signs, signal: AbortSignal | undefined): Ending | null {
  const { state, ended } = examine(progress.health, signs, progress.step);
  progress.health = state;
  if (ended !== undefined) return ended;
  if (progress.step === steps) return { reason: "finished", message: `All ${steps} steps are done.` };
  if (settings.patience !== null && progress.validationsSinceBest >= settings.patience) {
    return {
      reason: "patience",
      message: `The last ${settings.patience} validations were no better than that of step ${progress.best?.step}.`,
    };
  }
  return signal?.aborted ? { reason: "stopped", message: `Stopped after step ${progress.step} of ${steps}.` } : null;
}

function whereabouts({ steps, sampler, optimizer }: Training, { step }: Progress, clock: Stopwatch): Omit<Step, "loss"> {
  return {
    step,
    steps,
    epoch: Math.ceil(step / sampler.batchesPerEpoch),
    epochs: Math.ceil(steps / sampler.batchesPerEpoch),
    learningRate: optimizer.learningRate,
    imagesPerSecond: clock.imagesPerSecond,
    secondsLeft: clock.secondsLeft(steps - step),
  };
}
