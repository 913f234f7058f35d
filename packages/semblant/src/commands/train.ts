import { existsSync } from "node:fs";
import { join } from "node:path";
import { DataError, OptionError } from "@semblant/core";
import type { DataPlaces, Dataset, LoadedWeights, PartialSettings, Run, Settings, Step } from "@semblant/training";
import { type Engine, loadEngine, loadTorch } from "../engine.ts";
import { pathOfModel } from "../models/read-model.ts";
import { trainingLine } from "../terminal/progress.ts";
import { remark } from "../terminal/remarks.ts";
import { duration, type Terminal } from "../terminal/terminal.ts";
import type { CommandModule } from "./command.ts";
import { placesFrom } from "./moved-data.ts";
import { openData, refuseUnlabeled } from "./open-data.ts";
import { refuseGone } from "./own-data.ts";
import { runFolder } from "./run-folder.ts";
import { hearWhileBusy, stoppableTraining } from "./stopping-training.ts";
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
  /** Where the data of the run to go on with are now; they are the same data. */
  readonly moved?: DataPlaces;
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
  const { limitMinutes, threads, signal } = options;
  const resume = options.resume === undefined ? undefined : runFolder(options.resume);
  const engine = await loadEngine();
  const began = performance.now();

  const wanted = checkedSettings(engine, { ...options, ...(resume !== undefined && { resume }) });
  if (threads !== undefined) (await loadTorch()).setThreads(threads);
  await hearWhileBusy();
  if (resume === undefined) remark("reading the data ...");
  if (resume !== undefined) refuseGone(wanted.data.source);
  const data = await openData(engine, wanted.data);
  refuseUnlabeled("train", data, wanted.data.source);
  for (const line of validationRemarks(data)) remark(line);
  const fitting =
    limitMinutes === undefined || resume !== undefined
      ? wanted
      : squeeze(engine, wanted, data, 60 * limitMinutes - (performance.now() - began) / 1000);
  const resumed = resume === undefined ? undefined : engine.openRun(resume);
  if (resumed !== undefined && engine.beginsAnew(resumed))
    remark(`${resumed.dir} ended before its first checkpoint: it begins anew at step 1.`);
  const places = resumed === undefined ? {} : (options.moved ?? {});
  const training = engine.buildTraining(fitting, data, resumed); // before a folder is made: weights to start from may be refused
  const run = resumed ?? engine.createRun(options.out ?? freeFolder(), fitting);
  const late = new AbortController();
  const stopped = AbortSignal.any([late.signal, ...(signal ? [signal] : [])]);

  let last: Step | undefined;
  let warning: string | undefined;
  const { device, precision } = run.settings; // auto as it is here
  if (training.start !== undefined) onStart(training.start, engine.describeStart(training.start));
  try {
    for (const step of engine.train({ ...training, device, precision, run, signal: stopped })) {
      if (last === undefined) move(run, places); // the data were found to be the same
      onStep(step, run.dir);
      last = step;
      if (step.validation !== undefined) warning = step.warning?.message;
      if (limitMinutes !== undefined && performance.now() - began > 60_000 * limitMinutes) late.abort();
      await new Promise((served) => setImmediate(served));
      if (!stopped.aborted || step.ended !== undefined) continue;
      last = { ...step, ended: { reason: "stopped", message: `Stopped after step ${step.step} of ${step.steps}.` } };
      break;
    }
  } catch (error) {
    throw withWayOn(engine, run, error);
  }
  if (last === undefined) move(run, places);
  const end = last ?? run.steps().at(-1);
  if (end === undefined) throw new OptionError(`train: ${run.dir} has no step to make.`);
  const told = warning === undefined ? {} : { warning };
  const saved = engine.savedStep(run);
  return { run: run.dir, settings: run.settings, last: end, saved, ...told, seconds: (performance.now() - began) / 1000 };
}

/**
 * What is to be trained, found out before the data is read, which takes longer: settings, and a folder that is free or can be gone on with.
 *
 * @throws OptionError for an unknown or unfit setting, or a folder that holds something
 * @throws DataError for a run that cannot be gone on with
 */
function checkedSettings(engine: Engine, { settings = {}, overrides = [], resume, out, moved = {} }: TrainRunOptions): Settings {
  if (resume === undefined) {
    const wanted = engine.resolveSettings(settings, overrides);
    if (out !== undefined) engine.refuseFilledFolder(out, "train");
    return wanted;
  }
  const run = engine.openRun(resume);
  engine.refuseLost(run);
  engine.refuseMissingCheckpoint(run);
  return { ...run.settings, data: { ...run.settings.data, ...moved } };
}

function move(run: Run, places: DataPlaces): void {
  if (Object.keys(places).length > 0) run.move(places);
}

/** What a person should know of data that a training cannot be validated on. */
function validationRemarks({ train, validation, classes }: Dataset): string[] {
  if (validation.images.count > 0) return [];
  const counts = classes.map((_, c) => train.labels.reduce((sum, label) => sum + (label === c ? 1 : 0), 0));
  const single = counts.every((count) => count === 1);
  return [
    "There is no validation, since the data has no face for it: nothing says which step was best, and the last is kept.",
    ...(single ? [`Each of the ${classes.length} classes has one face: nothing can be learned of what they share.`] : []),
  ];
}

/** Of a training that ended because a file could not be written: how it goes on. */
function withWayOn(engine: Engine, run: Run, error: unknown): unknown {
  const after = engine.goesOnAfter(run, error);
  if (after === undefined) return error;
  const where = after === 0 ? "begins anew, since no checkpoint was saved" : `goes on after step ${after}`;
  const [first = "", advice] = (error as DataError).message.split("\n");
  return new DataError(`${first}\n${advice ?? "  Mend that."}\n  Then this ${where}: semblant train --resume ${run.dir}`, { cause: error });
}

/** The first of runs/1, runs/2, ... that is not there. */
export function freeFolder(): string {
  for (let n = 1; ; n++) if (!existsSync(join("runs", String(n)))) return join("runs", String(n));
}

export const command: CommandModule = {
  page,
  async run([given], options, terminal) {
    const overrides = [...settingsFromFlags(options), ...(given as string[])];
    const resuming = options.resume !== undefined;
    const moved = resuming ? await placesFrom("train", overrides, options) : {};
    const asked: TrainRunOptions = {
      ...(resuming ? { moved } : { overrides }),
      ...(options.config !== undefined && { settings: await settingsOfFile(options.config as string) }),
      ...(options.out !== undefined && { out: options.out as string }),
      ...(options.resume !== undefined && { resume: options.resume as string }),
      ...(options.limitMinutes !== undefined && { limitMinutes: options.limitMinutes as number }),
      ...(options.threads !== undefined && { threads: options.threads as number }),
    };
    const interruption = stoppableTraining(terminal);
    const show = shower(terminal);
    try {
      if (options.resume !== undefined) terminal.note(`resuming ${options.resume as string} ...`);
      const trained = await trainRun(
        { ...asked, signal: interruption.signal },
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
