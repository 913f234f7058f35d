import { existsSync } from "node:fs";
import { join } from "node:path";
import { DataError, OptionError } from "@semblant/core";
import { remark } from "@semblant/core/internals";
import type { Dataset } from "@semblant/datasets";
import { type ProcessGroup, type RankPlace, setThreads } from "@semblant/torch";
import { buildTraining, createRun, type LoadedWeights, openRun, type Run, type Step, type TrainOptions, train } from "@semblant/training";
import {
  beginsAnew,
  type DataPlaces,
  describeStart,
  everyRank,
  goesOnAfter,
  isFirst,
  ofRank0,
  onRank0,
  refuseFilledFolder,
  refuseLost,
  refuseMissingCheckpoint,
  savedStep,
} from "@semblant/training/internals";
import { type PartialSettings, resolveSettings, type Settings } from "@semblant/training/settings";
import { hearWhileBusy } from "../data/hear-while-busy.ts";
import { openData, refuseUnlabeled } from "../data/open-data.ts";
import { refuseGone } from "../data/own-data.ts";
import { deviceOfRank, everyRankWaits, inRanks, toBuild, withWayOnOfRanks } from "./ranks.ts";
import { squeeze } from "./time-limit.ts";
import { whereToGoOn } from "./where-to-go-on.ts";

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
  /** Go on with the run in `out`, if it is there already; its settings have to be these. So one command can be started again and again. */
  readonly goOn?: boolean;
  /** Where the data of the run to go on with are now; they are the same data. */
  readonly moved?: DataPlaces;
  /** At most so long: fewer epochs, with the schedule squeezed to fit. */
  readonly limitMinutes?: number;
  readonly threads?: number;
  readonly signal?: AbortSignal;
  /**
   * Which of several processes this one is: they share each batch, all call this with the same settings, and rank 0 writes the run.
   * `rankFromEnvironment` of `@semblant/torch` reads it.
   */
  readonly place?: RankPlace;
  /** How many seconds one of several processes waits for another before all stop; 600 by default. */
  readonly timeLimit?: number;
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
 *
 * @example
 * await trainRun({ overrides: ["epoch=1"] }); // throws OptionError: settings: unknown option "epoch"; did you mean "epochs"?
 */
export async function trainRun(
  options: TrainRunOptions,
  onStep: (step: Step, run: string) => void = () => {},
  onStart: (start: LoadedWeights, sentence: string) => void = () => {},
): Promise<TrainedRun> {
  const begins = options.place !== undefined && options.resume === undefined;
  const asked = begins ? resolveSettings(options.settings ?? {}, options.overrides) : undefined; // wrong ones need no other rank
  return inRanks({ ...options, ...(asked && { device: asked.device }) }, (group) => trainIn(group, options, { onStep, onStart }));
}

/** Who hears what a training does. */
interface Hearers {
  readonly onStep: (step: Step, run: string) => void;
  readonly onStart: (start: LoadedWeights, sentence: string) => void;
}

async function trainIn(group: ProcessGroup | undefined, options: TrainRunOptions, { onStep, onStart }: Hearers): Promise<TrainedRun> {
  const { limitMinutes, threads, signal } = options;
  const began = performance.now();
  const { resume, moved } = whereToGoOn(group, options);

  const wanted = settingsHere(group, { ...options, moved, ...(resume !== undefined && { resume }) });
  if (threads !== undefined) setThreads(threads);
  await hearWhileBusy();
  if (resume === undefined) remark("reading the data ...");
  const data = await everyRankWaits(group, "data", async () => {
    if (resume !== undefined) refuseGone(wanted.data.source);
    const opened = await openData(wanted.data);
    refuseUnlabeled("train", opened, wanted.data.source);
    return opened;
  });
  for (const line of validationRemarks(data)) remark(line);
  const squeezed = limitMinutes !== undefined && resume === undefined;
  const left = 60 * (limitMinutes ?? 0) - (performance.now() - began) / 1000;
  const fitting = squeezed ? squeeze(wanted, data, { seconds: left, group }) : wanted;
  const { run, training, dir, precision } = begin(group, { fitting, data, resume, out: options.out });
  const places = resume === undefined ? {} : moved;
  const late = new AbortController();
  const stopped = AbortSignal.any([late.signal, ...(signal ? [signal] : [])]);

  let last: Step | undefined;
  let warning: string | undefined;
  const device = group === undefined && run !== undefined ? run.settings.device : wanted.device; // auto as it is here
  const together = { ...(run && { run }), ...(group && { group }) };
  if (training.start !== undefined) onStart(training.start, describeStart(training.start));
  try {
    for (const step of train({ ...training, ...together, device, precision, signal: stopped })) {
      if (last === undefined) move(run, places); // the data were found to be the same
      onStep(step, dir);
      last = step;
      if (step.validation !== undefined) warning = step.warning?.message;
      if (limitMinutes !== undefined && performance.now() - began > 60_000 * limitMinutes) late.abort();
      await new Promise((served) => setImmediate(served));
      if (group !== undefined || !stopped.aborted || step.ended !== undefined) continue; // ranks end after the same step
      last = { ...step, ended: { reason: "stopped", message: `Stopped after step ${step.step} of ${step.steps}.` } };
      break;
    }
  } catch (error) {
    throw run === undefined ? error : group === undefined ? withWayOn(run, error) : withWayOnOfRanks(run, error);
  }
  if (last === undefined) move(run, places);
  const end = last ?? ofRank0(group, "end", () => run?.steps().at(-1) ?? null);
  if (end === null) throw new OptionError(`train: ${dir} has no step to make.`);
  const told = warning === undefined ? {} : { warning };
  const saved = run === undefined ? undefined : savedStep(run);
  return { run: dir, settings: run?.settings ?? fitting, last: end, saved, ...told, seconds: (performance.now() - began) / 1000 };
}

/** The settings, alike on every rank but for where its data lie and which GPU is its own. A run that goes on says rank 0's. */
function settingsHere(group: ProcessGroup | undefined, options: TrainRunOptions): Settings {
  const { resume, place, moved = {} } = options;
  if (group === undefined || place === undefined) return checkedSettings(options);
  const told = resume === undefined ? undefined : ofRank0(group, "settings", () => checkedSettings(options));
  return everyRank(group, "options", () => {
    const { out: _written, ...read } = options;
    const own = told === undefined ? checkedSettings(isFirst(group) ? options : read) : { ...told, data: { ...told.data, ...moved } };
    return { ...own, device: deviceOfRank(own.device, place) };
  });
}

interface Begun {
  readonly training: TrainOptions;
  /** None on ranks that do not write it. */
  readonly run?: Run;
  readonly dir: string;
  readonly precision: Settings["precision"];
}

/** Builds what learns, and makes or opens the run. Weights to start from are rank 0's alone: it tells them. */
function begin(
  group: ProcessGroup | undefined,
  { fitting, data, resume, out }: { fitting: Settings; data: Dataset; resume: string | undefined; out: string | undefined },
): Begun {
  const resumed = resume === undefined || !isFirst(group) ? undefined : openRun(resume);
  if (resumed !== undefined && beginsAnew(resumed)) remark(`${resumed.dir} ended before its first checkpoint: it begins anew at step 1.`);
  // Before a folder is made: weights to start from may be refused.
  const training = everyRank(group, "network", () => buildTraining(toBuild(group, fitting), data, resumed));
  const run = onRank0(group, "run", () => resumed ?? createRun(out ?? freeFolder(), fitting));
  const told = ofRank0(group, "folder", () => ({ dir: run?.dir ?? "", precision: run?.settings.precision ?? "auto" }));
  return { training, ...told, ...(run !== undefined && { run }) };
}

/**
 * What is to be trained, found out before the data is read, which takes longer: settings, and a folder that is free or can be gone on with.
 *
 * @throws OptionError for an unknown or unfit setting, or a folder that holds something
 * @throws DataError for a run that cannot be gone on with
 */
function checkedSettings({ settings = {}, overrides = [], resume, out, moved = {} }: TrainRunOptions): Settings {
  if (resume === undefined) {
    const wanted = resolveSettings(settings, overrides);
    if (out !== undefined) refuseFilledFolder(out, "train");
    return wanted;
  }
  const run = openRun(resume);
  refuseLost(run);
  refuseMissingCheckpoint(run);
  return { ...run.settings, data: { ...run.settings.data, ...moved } };
}

function move(run: Run | undefined, places: DataPlaces): void {
  if (Object.keys(places).length > 0) run?.move(places);
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
function withWayOn(run: Run, error: unknown): unknown {
  const after = goesOnAfter(run, error);
  if (after === undefined) return error;
  const where = after === 0 ? "begins anew, since no checkpoint was saved" : `goes on after step ${after}`;
  const [first = "", advice] = (error as DataError).message.split("\n");
  return new DataError(`${first}\n${advice ?? "  Mend that."}\n  Then this ${where}: semblant train --resume ${run.dir}`, { cause: error });
}

/** The first of runs/1, runs/2, ... that is not there. */
export function freeFolder(): string {
  for (let n = 1; ; n++) if (!existsSync(join("runs", String(n)))) return join("runs", String(n));
}
