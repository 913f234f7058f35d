import { EngineError, OptionError } from "@semblant/core";
import { numberIn, refuseUnknown, remark, show as shown, wholeIn } from "@semblant/core/internals";
import { type ProcessGroup, type RankPlace, setThreads } from "@semblant/torch";
import {
  createSubdivision,
  type LevelReport,
  openSubdivision,
  resolveSubdivision,
  type SubdivisionFolder,
  type SubdivisionSettings,
  type SubdivisionStep,
  subdivide,
} from "@semblant/training";
import {
  type DataPlaces,
  everyRank,
  isFirst,
  moveSubdivision,
  ofRank0,
  onRank0,
  readReports,
  refuseFilledSubdivision,
} from "@semblant/training/internals";
import { type PartialSettings, resolveSettings, type Settings } from "@semblant/training/settings";
import { hearWhileBusy } from "../data/hear-while-busy.ts";
import { openData, refuseUnlabeled } from "../data/open-data.ts";
import { refuseGone } from "../data/own-data.ts";
import { deviceOfRank, everyRankWaits, inRanks } from "./ranks.ts";
import { runFolder } from "./run-folder.ts";
import { freeFolder } from "./train-run.ts";

/** What {@link subdivideData} is told. */
export interface SubdivideDataOptions {
  /** Settings of the training by name; what is left out is the preset's. */
  readonly settings?: PartialSettings;
  /**
   * `name=value`, dots between sections, for the training or, as `subdivision.name=value`, for the subdivision; they
   * come after the rest.
   */
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
  /** Which of several processes this one is, as in `trainRun`. */
  readonly place?: RankPlace;
  /** How many seconds one of several processes waits for another before all stop; 600 by default. */
  readonly timeLimit?: number;
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
 *
 * @example
 * await subdivideData({ overrides: ["subdivision.level=2"] });
 * // throws OptionError: subdivide: unknown option "level"; did you mean "levels"?
 */
export async function subdivideData(
  options: SubdivideDataOptions = {},
  onStep: (step: SubdivisionStep, folder: string) => void = () => {},
): Promise<SubdividedData> {
  const known = ["settings", "overrides", "subdivision", "out", "resume", "moved", "threads", "signal", "place", "timeLimit"];
  refuseUnknown("subdivideData", options, known);
  return inRanks(options, (group) => subdivideIn(group, options, onStep));
}

async function subdivideIn(
  group: ProcessGroup | undefined,
  options: SubdivideDataOptions,
  onStep: (step: SubdivisionStep, folder: string) => void,
): Promise<SubdividedData> {
  const { resume, moved = {}, threads, signal } = options;
  const began = performance.now();
  const wanted = wantedHere(group, options);
  if (threads !== undefined) setThreads(threads);
  await hearWhileBusy();
  remark("reading the data ...");
  const data = await everyRankWaits(group, "data", async () => {
    if (resume !== undefined) refuseGone(wanted.settings.data.source);
    const opened = await openData(wanted.settings.data);
    refuseUnlabeled("subdivide", opened, wanted.settings.data.source);
    return opened;
  });
  const folder = folderOf(group, wanted, options.out);

  let last: SubdivisionStep | undefined;
  try {
    for (const step of subdivide({ folder, data, ...(signal && { signal }), ...(group && { group }) })) {
      if (last === undefined && isFirst(group)) move(folder, moved); // the data were found to be the same
      onStep(step, folder.dir);
      last = step;
      await new Promise((served) => setImmediate(served));
    }
  } catch (error) {
    throw group?.rank === 0 ? withWayOn(folder, error) : error;
  }
  if (last === undefined && isFirst(group)) move(folder, moved);
  const levels = ofRank0(group, "levels", () => readReports(folder.dir));
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

/** What is to be subdivided, found out before the data is read, which takes longer. */
interface Wanted extends Omit<SubdivisionFolder, "dir"> {
  /** Of one to go on with. */
  readonly dir?: string;
}

/** The settings, alike on every rank but for where its data lie and which GPU is its own. A subdivision that goes on says rank 0's. */
function wantedHere(group: ProcessGroup | undefined, options: SubdivideDataOptions): Wanted {
  const { resume, place, moved = {} } = options;
  const found = resume === undefined ? undefined : ofRank0(group, "settings", () => openSubdivision(runFolder(resume)));
  return everyRank(group, "options", () => {
    const wanted = found ?? newlyWanted(options, isFirst(group) ? options.out : undefined);
    const device = place === undefined ? wanted.settings.device : deviceOfRank(wanted.settings.device, place);
    return { ...wanted, settings: { ...wanted.settings, device, data: { ...wanted.settings.data, ...moved } } };
  });
}

function newlyWanted(options: SubdivideDataOptions, out: string | undefined): Wanted {
  const { settings = {}, overrides = [] } = options;
  const ofTraining = overrides.filter((override) => !override.startsWith(PREFIX));
  const given = { ...options.subdivision, ...subdivisionFrom(overrides.filter((override) => override.startsWith(PREFIX))) };
  const complete = resolveSettings(settings, ofTraining);
  const subdivision = resolveSubdivision(given);
  if (out !== undefined) refuseFilledSubdivision(out, "subdivide");
  return { settings: complete, subdivision };
}

/** The folder, which rank 0 makes where it is new; the others know where it is, and what it computes in. */
function folderOf(group: ProcessGroup | undefined, wanted: Wanted, out: string | undefined): SubdivisionFolder {
  const { dir, settings, subdivision } = wanted;
  const made = onRank0(group, "folder", () =>
    dir === undefined ? createSubdivision(out ?? freeFolder(), settings, subdivision) : { dir, settings, subdivision },
  );
  if (group === undefined) return made as SubdivisionFolder;
  const told = ofRank0(group, "place", () => ({ dir: made?.dir as string, precision: made?.settings.precision as Settings["precision"] }));
  return made ?? { dir: told.dir, settings: { ...settings, precision: told.precision }, subdivision };
}

/** Of a subdivision that ended because a rank did: how it goes on. */
function withWayOn({ dir }: SubdivisionFolder, error: unknown): unknown {
  if (!(error instanceof EngineError)) return error;
  const first = error.message.split("\n", 1)[0];
  const way = `With any number of workers this goes on: semblant subdivide --resume ${dir}`;
  return new EngineError(`${first}\n  ${way}`, { cause: error });
}

function move(folder: SubdivisionFolder, places: DataPlaces): void {
  if (Object.keys(places).length > 0) moveSubdivision(folder, places);
}

export const PREFIX = "subdivision.";

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
