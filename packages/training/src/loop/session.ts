import { agreeOnEnd } from "../distributed/agree-on-end.ts";
import { everyRank } from "../distributed/every-rank.ts";
import { isFirst, onRank0 } from "../distributed/of-rank0.ts";
import type { RunLog } from "../runs/run.ts";
import { examine, type Signs } from "../steps/health.ts";
import type { Ending, Step, Validation } from "../steps/step.ts";
import { Stopwatch } from "../steps/stopwatch.ts";
import { follow } from "../steps/validation-lag.ts";
import { type Learned, learn } from "./learn.ts";
import { areNumbers, forgetBest, type Progress, resume, save, saveBest, validate } from "./progress.ts";
import { refuseUnlikeRanks, startLikeRank0 } from "./same-start.ts";
import type { Training, TrainOptions } from "./set-up.ts";

/** A checkpoint is written at most once in so many times what it costs: 2 % of the run. */
const COST_SHARE = 50;

/**
 * A training under way: it learns from a batch, validates, says whether to go on, and saves where it stands. Of several ranks each has
 * one, all stand at the same step, and rank 0's alone knows the run.
 */
export class Session {
  readonly #training: Training;
  readonly #progress: Progress;
  readonly #run: TrainOptions["run"];
  readonly #signal: AbortSignal | undefined;
  readonly #clock = new Stopwatch();
  readonly #log: RunLog | undefined;
  /** The last checkpoint: after which step, when, and what it cost. */
  #saved: { readonly step: number; readonly seconds: number; readonly cost: number };
  /** Whether weights and progress are those between two steps, and worth saving. */
  #whole = false;

  /** Begins, or goes on from the run's last checkpoint. */
  constructor(training: Training, { run, signal }: Pick<TrainOptions, "run" | "signal">) {
    const { group } = training;
    this.#training = training;
    this.#run = isFirst(group) ? run : undefined;
    this.#signal = signal;
    if (group !== undefined) refuseUnlikeRanks(group, training);
    const progress = everyRank(group, "resume", () => resume(training, this.#run));
    this.#progress = group === undefined ? progress : startLikeRank0(group, training, progress);
    this.#log = onRank0(group, "log", () => this.#run?.log(progress.step));
    this.#saved = { step: this.#progress.step, seconds: 0, cost: 0 };
  }

  get goesOn(): boolean {
    return this.#progress.step < this.#training.steps && this.#progress.ended === null;
  }

  /** One step, with all that follows from it. */
  step(): Step {
    this.#whole = false;
    this.#progress.step++;
    const { spread, ...numbers } = this.#learn();
    const validation = Number.isFinite(numbers.loss) ? validate(this.#training, this.#progress) : undefined;
    const named = validation !== undefined && !Number.isNaN(validation.value);
    const saving = this.#judge({ ...numbers, spread, lost: validation && !named ? ("embeddings" as const) : undefined });
    const record = this.#record(numbers, named ? validation : undefined);
    this.#log?.append(record);
    this.#whole = this.#progress.ended?.reason !== "not finite";
    if (this.#whole && saving) this.#checkpoint();
    // The best weights of an earlier validation are good still.
    if (!this.#whole && this.#run !== undefined) saveBest(this.#run, this.#training, this.#progress);
    return record;
  }

  /** Saves what is not saved yet, and frees what the training holds beside the network and the loss. */
  close(): void {
    const { optimizer, average, batches } = this.#training;
    try {
      if (this.#whole && areNumbers(this.#training)) this.#checkpoint();
    } finally {
      forgetBest(this.#progress);
      batches.dispose();
      optimizer.zeroGrad();
      optimizer.dispose();
      average?.dispose();
      this.#log?.close();
    }
  }

  #learn(): Learned["signs"] {
    const began = performance.now();
    const { images, signs } = learn(this.#training, this.#progress.step);
    this.#clock.lap(images, performance.now() - began);
    return signs;
  }

  /** Decides whether the training ends with this step; what comes back says whether it is saved. */
  #judge(signs: Signs): boolean {
    const { settings } = this.#training;
    const since = this.#clock.seconds - this.#saved.seconds;
    const due = this.#run !== undefined && since >= Math.max(settings.checkpoint.seconds, COST_SHARE * this.#saved.cost);
    this.#progress.ended = this.#endingBy(signs);
    const saving = this.#progress.ended === null ? due : this.#progress.ended.reason !== "not finite";
    if (saving && !areNumbers(this.#training)) this.#progress.ended = this.#endingBy({ ...signs, lost: "weights" });
    this.#progress.ended = this.#agreed(this.#progress.ended);
    return saving;
  }

  /** How all ranks end; alone it is one's own end. */
  #agreed(own: Ending | null): Ending | null {
    const { group, device } = this.#training;
    if (group === undefined) return own;
    const reason = agreeOnEnd(group, own?.reason, device);
    if (reason === own?.reason) return own;
    if (reason === undefined) return null;
    return reason === "stopped" ? this.#stopped() : { reason, message: `Rank 0 ended the training at step ${this.#progress.step}.` };
  }

  #stopped(): Ending {
    return { reason: "stopped", message: `Stopped after step ${this.#progress.step} of ${this.#training.steps}.` };
  }

  #endingBy(signs: Signs): Ending | null {
    const { steps, settings } = this.#training;
    const progress = this.#progress;
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
    return this.#signal?.aborted ? this.#stopped() : null;
  }

  #record(numbers: Omit<Signs, "spread" | "lost"> & Pick<Step, "gradientNorm">, validation: Validation | undefined): Step {
    const { steps, sampler, optimizer, loss } = this.#training;
    const { step, ended } = this.#progress;
    const { state, warning } = follow(this.#progress.lag, numbers.loss, validation?.value, loss.settings);
    this.#progress.lag = state;
    return {
      step,
      steps,
      epoch: Math.ceil(step / sampler.batchesPerEpoch),
      epochs: Math.ceil(steps / sampler.batchesPerEpoch),
      learningRate: optimizer.learningRate,
      imagesPerSecond: this.#clock.imagesPerSecond,
      secondsLeft: this.#clock.secondsLeft(steps - step),
      ...numbers,
      ...(validation && { validation }),
      ...(warning && { warning }),
      ...(ended && { ended }),
    };
  }

  #checkpoint(): void {
    if (this.#run === undefined || this.#progress.step === this.#saved.step) return;
    const began = this.#clock.seconds;
    const between = this.#whole;
    this.#whole = false; // what could not be saved is not tried again on the way out
    this.#log?.flush();
    save(this.#run, this.#training, this.#progress, this.#progress.seconds + began);
    this.#whole = between;
    this.#saved = { step: this.#progress.step, seconds: this.#clock.seconds, cost: this.#clock.seconds - began };
  }
}
