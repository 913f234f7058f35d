import { numberIn, OptionError, refuseUnknown, show as shown, wholeIn } from "@semblant/core";
import type {
  DataPlaces,
  LevelReport,
  PartialSettings,
  Settings,
  SubdivisionFolder,
  SubdivisionSettings,
  SubdivisionStep,
} from "@semblant/training";
import { type Engine, loadEngine, loadTorch } from "../engine.ts";
import { trainingLine } from "../terminal/progress.ts";
import { remark } from "../terminal/remarks.ts";
import { duration, type Terminal } from "../terminal/terminal.ts";
import type { CommandModule } from "./command.ts";
import { placesFrom } from "./moved-data.ts";
import { openData, refuseUnlabeled } from "./open-data.ts";
import { refuseGone } from "./own-data.ts";
import { runFolder } from "./run-folder.ts";
import { hearWhileBusy, stoppableTraining } from "./stopping-training.ts";
import { page, subdivisionSettingOf, trainingSettingOf } from "./subdivide-page.ts";
import { columnsExplained, formatLevels } from "./subdivide-table.ts";
import { freeFolder } from "./train.ts";

export { page } from "./subdivide-page.ts";

/** What {@link subdivideData} is told. */
export interface SubdivideDataOptions {
  /** Settings of the training by name; what is left out is the preset's. */
  readonly settings?: PartialSettings;
  /** `name=value`, dots between sections, for the training or, as `subdivision.name=value`, for the subdivision; they come after the rest. */
  readonly overrides?: readonly string[];
  readonly subdivision?: Partial<SubdivisionSettings>;
  /** Folder of the subdivision; by default the first of runs/1, runs/2, ... that is free. */
  readonly out?: string;
  /** Go on with this subdivision, with its own settings. */
  readonly resume?: string;
  /** Where the data of the subdivision to go on with are now; they are the same data. */
  readonly moved?: DataPlaces;
  readonly threads?: number;
  readonly signal?: AbortSignal;
}

/** How a subdivision by {@link subdivideData} ended. */
export interface SubdividedData {
  readonly folder: string;
  readonly settings: Settings;
  readonly subdivision: SubdivisionSettings;
  /** Of the levels that are done. */
  readonly levels: readonly LevelReport[];
  /** How it ended: all levels done, stopped, or the reason for which a level's training gave up. */
  readonly reason: "finished" | "stopped" | "not finite" | "collapsed";
  /** One sentence. */
  readonly message: string;
  readonly seconds: number;
}

/**
 * Runs Algorithm 2 in a folder, new or resumed; every record is handed to `onStep` as it is made, and signals are served in between.
 * `loadSubdivision` of `@semblant/training` then answers from the folder.
 */
export async function subdivideData(
  options: SubdivideDataOptions = {},
  onStep: (step: SubdivisionStep, folder: string) => void = () => {},
): Promise<SubdividedData> {
  refuseUnknown("subdivideData", options, ["settings", "overrides", "subdivision", "out", "resume", "moved", "threads", "signal"]);
  const { settings = {}, overrides = [], resume, moved = {}, threads, signal } = options;
  const engine = await loadEngine();
  const began = performance.now();

  const ofTraining = overrides.filter((override) => !override.startsWith(PREFIX));
  const subdivision = { ...options.subdivision, ...subdivisionFrom(overrides.filter((override) => override.startsWith(PREFIX))) };
  const open = () => {
    if (resume !== undefined) {
      const there = engine.openSubdivision(runFolder(resume));
      return { ...there, settings: { ...there.settings, data: { ...there.settings.data, ...moved } } };
    }
    const complete = engine.resolveSettings(settings, ofTraining);
    const ofSubdivision = engine.resolveSubdivision(subdivision);
    if (options.out !== undefined) engine.refuseFilledSubdivision(options.out, "subdivide");
    return { dir: undefined, settings: complete, subdivision: ofSubdivision };
  };
  const wanted = open();
  if (threads !== undefined) (await loadTorch()).setThreads(threads);
  await hearWhileBusy();
  remark("reading the data ...");
  if (resume !== undefined) refuseGone(wanted.settings.data.source);
  const data = await openData(engine, wanted.settings.data);
  refuseUnlabeled("subdivide", data, wanted.settings.data.source);
  const folder =
    wanted.dir === undefined ? engine.createSubdivision(options.out ?? freeFolder(), wanted.settings, wanted.subdivision) : wanted;

  let last: SubdivisionStep | undefined;
  for (const step of engine.subdivide({ folder, data, ...(signal && { signal }) })) {
    if (last === undefined) move(engine, folder, moved); // the data were found to be the same
    onStep(step, folder.dir);
    last = step;
    await new Promise((served) => setImmediate(served));
  }
  if (last === undefined) move(engine, folder, moved);
  const levels = engine.readReports(folder.dir);
  const ending = last?.step?.ended;
  const finished = levels.length === folder.subdivision.levels;
  const given = ending?.reason === "not finite" || ending?.reason === "collapsed";
  return {
    folder: folder.dir,
    settings: folder.settings,
    subdivision: folder.subdivision,
    levels,
    reason: finished ? "finished" : given ? (ending.reason as "not finite" | "collapsed") : "stopped",
    message: finished
      ? `All ${levels.length} levels are done.`
      : given
        ? `Level ${last?.level}: ${ending.message}`
        : `Stopped with ${levels.length} of ${folder.subdivision.levels} levels done.`,
    seconds: (performance.now() - began) / 1000,
  };
}

function move(engine: Engine, folder: SubdivisionFolder, places: DataPlaces): void {
  if (Object.keys(places).length > 0) engine.moveSubdivision(folder, places);
}

const PREFIX = "subdivision.";

/** `subdivision.levels=3` as `{ levels: 3 }`; what the values may be is checked where they are resolved. */
function subdivisionFrom(overrides: readonly string[]): Partial<SubdivisionSettings> {
  const pairs = overrides.map((override) => {
    const at = override.indexOf("=");
    if (at < 0) throw new OptionError(`subdivide: expected an override like subdivision.levels=3, but got ${shown(override)}.`);
    const name = override.slice(PREFIX.length, at).trim();
    return [name, settingFrom(override.slice(at + 1).trim(), name !== "regularization")] as const;
  });
  return Object.fromEntries(pairs);
}

function settingFrom(text: string, whole: boolean): unknown {
  if (text === "none") return null;
  if (text === "true" || text === "false") return text === "true";
  return (whole ? wholeIn(text) : numberIn(text)) ?? text;
}

export const command: CommandModule = {
  page,
  async run([given], options, terminal) {
    const overrides = [...overridesFrom(options), ...(given as string[])];
    const resuming = options.resume !== undefined;
    const moved = resuming ? await placesFrom("subdivide", overrides, options) : {};
    const interruption = stoppableTraining(terminal);
    try {
      if (options.resume !== undefined) terminal.note(`resuming ${options.resume as string} ...`);
      const subdivided = await subdivideData(
        {
          ...(resuming ? { moved } : { overrides }),
          ...(options.config !== undefined && (await settingsOfFile(options.config as string))),
          ...(options.out !== undefined && { out: options.out as string }),
          ...(options.resume !== undefined && { resume: options.resume as string }),
          ...(options.threads !== undefined && { threads: options.threads as number }),
          signal: interruption.signal,
        },
        (step) => {
          interruption.begun();
          show(step, terminal);
        },
      );
      terminal.endLive();
      return tellEnd(subdivided, terminal);
    } finally {
      interruption.release();
    }
  },
};

/** A file's settings: those of the training, and in its section `subdivision` the others. */
async function settingsOfFile(path: string): Promise<Pick<SubdivideDataOptions, "settings" | "subdivision">> {
  const { readConfig } = await import("../config.ts");
  const { subdivision, ...settings } = readConfig(path) as PartialSettings & { subdivision?: Partial<SubdivisionSettings> };
  if (subdivision !== undefined && (typeof subdivision !== "object" || subdivision === null || Array.isArray(subdivision))) {
    throw new OptionError(
      `subdivide: expected subdivision to be a section of settings, but got ${shown(subdivision)}.\n  In YAML: subdivision: { levels: 3 }`,
    );
  }
  return { settings, ...(subdivision && { subdivision }) };
}

/** The flags that stand for settings, as overrides. */
function overridesFrom(options: Readonly<Record<string, unknown>>): string[] {
  const given = (settings: Readonly<Record<string, string>>, prefix: string) =>
    Object.entries(settings).flatMap(([flag, setting]) =>
      options[flag] === undefined ? [] : [`${prefix}${setting}=${String(options[flag])}`],
    );
  return [...given(trainingSettingOf, ""), ...given(subdivisionSettingOf, PREFIX)];
}

function show({ level, levels, split, step, report }: SubdivisionStep, terminal: Terminal): void {
  const where = `level ${level}/${levels}`;
  if (step !== undefined) terminal.live(`${where}  ${trainingLine(step)}`);
  if (split !== undefined) {
    const before = split.agreement === undefined ? "" : `, ${split.agreement.toFixed(2)} with the level before`;
    terminal.note(
      `${where}  split into ${split.sizes.flat().length} kinds; agreement ${split.repeatability.toFixed(2)} with another start${before}`,
    );
  }
  if (report !== undefined) {
    const held = report.neighborAccuracy === undefined ? "" : `, classes hold at ${report.neighborAccuracy.toFixed(1)} % by 11 neighbours`;
    terminal.note(`${where}  done: loss ${report.loss.toPrecision(3)}${held}`);
  }
}

function tellEnd(subdivided: SubdividedData, terminal: Terminal): number {
  const { folder, levels, reason, message, seconds } = subdivided;
  if (levels.length > 0) terminal.print(`${formatLevels(levels)}\n\n${columnsExplained}\n`);
  const gaveUp = reason === "not finite" || reason === "collapsed";
  const saved = gaveUp && levels.length === 0 ? "\nNothing could be saved." : `, saved in ${folder}`;
  terminal.print(`${message} ${duration(seconds)}${saved}`);
  if (gaveUp) terminal.print("Subdivide again with a lower --learning-rate into another folder (--out).");
  if (reason === "stopped") terminal.print(`To go on:     semblant subdivide --resume ${folder}`);
  if (levels.length > 0) terminal.print(`To evaluate:  semblant evaluate ${folder}/level-${levels.length}`);
  terminal.result(subdivided);
  if (gaveUp) return 1;
  return reason === "stopped" ? 130 : 0;
}
