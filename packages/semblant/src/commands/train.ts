import { existsSync } from "node:fs";
import { join } from "node:path";
import { OptionError } from "@semblant/core";
import type { LoadedWeights, PartialSettings, Settings, Step } from "@semblant/training";
import { loadEngine, loadTorch } from "../engine.ts";
import { pathOfModel } from "../models/read-model.ts";
import { listenForInterruption } from "../terminal/interruption.ts";
import { trainingLine } from "../terminal/progress.ts";
import { duration, type Terminal } from "../terminal/terminal.ts";
import type { CommandModule } from "./command.ts";
import { openData } from "./open-data.ts";
import { squeeze } from "./time-limit.ts";
import { page, settingOf } from "./train-page.ts";

export { page } from "./train-page.ts";

/** What {@link trainRun} is told, beside the settings themselves. */
export interface TrainRunOptions {
  /** Settings by name; what is left out is the preset's. */
  readonly settings?: PartialSettings;
  /** `name=value`, dots between sections; they come after `settings`. */
  readonly overrides?: readonly string[];
  /** Folder of the run; by default the first of runs/1, runs/2, ... that is free. */
  readonly out?: string;
  /** Go on with this run, with its own settings. */
  readonly resume?: string;
  /** At most so long: fewer epochs, with the schedule squeezed to fit. */
  readonly limitMinutes?: number;
  readonly threads?: number;
  readonly signal?: AbortSignal;
}

/** How a training by {@link trainRun} ended. */
export interface TrainedRun {
  readonly run: string;
  readonly settings: Settings;
  readonly last: Step;
  /** The step after which the weights to use were so; undefined where training was lost before any could be saved. */
  readonly saved: number | undefined;
  /** That of the last validation: what went wrong, and what to try. */
  readonly warning?: string;
  readonly seconds: number;
}

/**
 * Trains a run on disk, new or resumed; every step is handed to `onStep` as it is made, and signals are served in between. What
 * came of the weights that the settings say to start from is handed to `onStart`.
 */
export async function trainRun(
  options: TrainRunOptions,
  onStep: (step: Step, run: string) => void = () => {},
  onStart: (start: LoadedWeights, sentence: string) => void = () => {},
): Promise<TrainedRun> {
  const { settings = {}, overrides = [], resume, limitMinutes, threads, signal } = options;
  const engine = await loadEngine();
  if (threads !== undefined) (await loadTorch()).setThreads(threads);
  const began = performance.now();

  const wanted = resume === undefined ? engine.resolveSettings(settings, overrides) : engine.openRun(resume).settings;
  const data = await openData(engine, wanted.data);
  const fitting =
    limitMinutes === undefined || resume !== undefined
      ? wanted
      : squeeze(engine, wanted, data, 60 * limitMinutes - (performance.now() - began) / 1000);
  const resumed = resume === undefined ? undefined : engine.openRun(resume);
  if (resumed !== undefined) engine.refuseLost(resumed);
  const training = engine.buildTraining(fitting, data, resumed); // before a folder is made: weights to start from may be refused
  const run = resumed ?? engine.createRun(options.out ?? freeFolder(), fitting);
  const late = new AbortController();
  const stopped = AbortSignal.any([late.signal, ...(signal ? [signal] : [])]);

  let last: Step | undefined;
  let warning: string | undefined;
  const { device, precision } = run.settings; // auto as it is here
  if (training.start !== undefined) onStart(training.start, engine.describeStart(training.start));
  for (const step of engine.train({ ...training, device, precision, run, signal: stopped })) {
    onStep(step, run.dir);
    last = step;
    if (step.validation !== undefined) warning = step.warning?.message;
    if (limitMinutes !== undefined && performance.now() - began > 60_000 * limitMinutes) late.abort();
    await new Promise((served) => setImmediate(served));
  }
  const end = last ?? run.steps().at(-1);
  if (end === undefined) throw new OptionError(`train: ${run.dir} has no step to make.`);
  const told = warning === undefined ? {} : { warning };
  const saved = engine.savedStep(run);
  return { run: run.dir, settings: run.settings, last: end, saved, ...told, seconds: (performance.now() - began) / 1000 };
}

/** The first of runs/1, runs/2, ... that is not there. */
export function freeFolder(): string {
  for (let n = 1; ; n++) if (!existsSync(join("runs", String(n)))) return join("runs", String(n));
}

export const command: CommandModule = {
  page,
  async run([given], options, terminal) {
    const overrides = [...settingsFromFlags(options), ...(given as string[])];
    if (options.resume !== undefined && (overrides.length > 0 || options.config !== undefined || options.out !== undefined)) {
      throw new OptionError(
        "train: --resume goes on with the run's own settings and takes no others.\n  For other settings, train a new run with --out.",
      );
    }
    const interruption = listenForInterruption(
      () => terminal.note("Stopping after this step (again to stop at once) ..."),
      () => terminal.note("Stopped before the first step: there is nothing to be saved."),
    );
    const show = shower(terminal);
    try {
      terminal.note(options.resume === undefined ? "reading the data ..." : `resuming ${options.resume as string} ...`);
      const trained = await trainRun(
        {
          overrides,
          ...(options.config !== undefined && { settings: await settingsOfFile(options.config as string) }),
          ...(options.out !== undefined && { out: options.out as string }),
          ...(options.resume !== undefined && { resume: options.resume as string }),
          ...(options.limitMinutes !== undefined && { limitMinutes: options.limitMinutes as number }),
          ...(options.threads !== undefined && { threads: options.threads as number }),
          signal: interruption.signal,
        },
        (step) => {
          interruption.begun();
          show(step);
        },
        (_, sentence) => terminal.note(sentence),
      );
      terminal.endLive();
      return await tellEnd(trained, interruption.signal.aborted, terminal);
    } finally {
      interruption.release();
    }
  },
};

async function settingsOfFile(path: string): Promise<PartialSettings> {
  const { readConfig } = await import("../config.ts");
  return readConfig(path) as PartialSettings;
}

/** The flags that stand for settings, as overrides: `--sigma 2` is `loss.sigma=2`. */
function settingsFromFlags(options: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(settingOf).flatMap(([flag, setting]) => {
    if (options[flag] === undefined) return [];
    const value = String(options[flag]);
    return [`${setting}=${setting === "network.weights" ? pathOfModel(value) : value}`];
  });
}

/** Shows steps as they are made; a warning is said once, until a validation has none. */
function shower(terminal: Terminal): (step: Step) => void {
  let warned = false;
  return (step) => {
    terminal.live(trainingLine(step));
    if (step.validation === undefined) return;
    const { metric, value, improved } = step.validation;
    terminal.note(
      `epoch ${step.epoch}/${step.epochs}  step ${step.step}  validation (${metric}) ${value.toFixed(1)} %${improved ? ", the best so far" : ""}`,
    );
    if (step.warning !== undefined && !warned) terminal.note(step.warning.message);
    warned = step.warning !== undefined;
  };
}

async function tellEnd(
  { run, settings, last, saved, warning, seconds }: TrainedRun,
  interrupted: boolean,
  terminal: Terminal,
): Promise<number> {
  const reason = last.ended?.reason ?? "finished";
  const best = last.validation?.best;
  const message = `${last.ended?.message ?? `Step ${last.step} of ${last.steps}.`} ${duration(seconds)}`;
  if (reason === "not finite") {
    terminal.print(
      saved === undefined ? `${message}\nNothing could be saved.` : `${message}, saved in ${run} as it was after step ${saved}`,
    );
    terminal.print((await loadEngine()).anotherTry(settings));
  } else terminal.print(`${message}, saved in ${run}`);
  if (warning !== undefined) terminal.print(warning);
  if (interrupted && reason === "stopped") terminal.print(`To go on:     semblant train --resume ${run}`);
  if (saved !== undefined) terminal.print(`To evaluate:  semblant evaluate ${run}`);
  terminal.result({
    run,
    reason,
    step: last.step,
    steps: last.steps,
    loss: last.loss,
    ...(best !== undefined && { best }),
    saved: saved ?? null,
    ...(warning !== undefined && { warning }),
    seconds,
    settings,
  });
  if (reason === "not finite" || reason === "collapsed") return 1;
  return interrupted && reason === "stopped" ? 130 : 0;
}
