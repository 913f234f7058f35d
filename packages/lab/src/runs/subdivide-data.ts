import { OptionError } from "@semblant/core";
import { numberIn, refuseUnknown, remark, show as shown, wholeIn } from "@semblant/core/internals";
import { setThreads } from "@semblant/torch";
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
import { type DataPlaces, moveSubdivision, readReports, refuseFilledSubdivision } from "@semblant/training/internals";
import { type PartialSettings, resolveSettings, type Settings } from "@semblant/training/settings";
import { hearWhileBusy } from "../data/hear-while-busy.ts";
import { openData, refuseUnlabeled } from "../data/open-data.ts";
import { refuseGone } from "../data/own-data.ts";
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
  refuseUnknown("subdivideData", options, ["settings", "overrides", "subdivision", "out", "resume", "moved", "threads", "signal"]);
  const { settings = {}, overrides = [], resume, moved = {}, threads, signal } = options;
  const began = performance.now();

  const ofTraining = overrides.filter((override) => !override.startsWith(PREFIX));
  const subdivision = { ...options.subdivision, ...subdivisionFrom(overrides.filter((override) => override.startsWith(PREFIX))) };
  const open = () => {
    if (resume !== undefined) {
      const there = openSubdivision(runFolder(resume));
      return { ...there, settings: { ...there.settings, data: { ...there.settings.data, ...moved } } };
    }
    const complete = resolveSettings(settings, ofTraining);
    const ofSubdivision = resolveSubdivision(subdivision);
    if (options.out !== undefined) refuseFilledSubdivision(options.out, "subdivide");
    return { dir: undefined, settings: complete, subdivision: ofSubdivision };
  };
  const wanted = open();
  if (threads !== undefined) setThreads(threads);
  await hearWhileBusy();
  remark("reading the data ...");
  if (resume !== undefined) refuseGone(wanted.settings.data.source);
  const data = await openData(wanted.settings.data);
  refuseUnlabeled("subdivide", data, wanted.settings.data.source);
  const folder = wanted.dir === undefined ? createSubdivision(options.out ?? freeFolder(), wanted.settings, wanted.subdivision) : wanted;

  let last: SubdivisionStep | undefined;
  for (const step of subdivide({ folder, data, ...(signal && { signal }) })) {
    if (last === undefined) move(folder, moved); // the data were found to be the same
    onStep(step, folder.dir);
    last = step;
    await new Promise((served) => setImmediate(served));
  }
  if (last === undefined) move(folder, moved);
  const levels = readReports(folder.dir);
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
