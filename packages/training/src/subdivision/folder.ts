import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { DataError, OptionError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import { readText } from "@semblant/datasets";
import { makeFolder, writeWholeSync } from "@semblant/files/internals";
import { type DataPlaces, withAbsolutePaths } from "../runs/data-places.ts";
import { createRun, openRun, type Run } from "../runs/run.ts";
import { checkPerClass } from "../settings/loss-settings.ts";
import type { Settings } from "../settings/setting-types.ts";
import { checkSettings } from "../settings/settings.ts";
import { resolveDevice, resolvePrecision } from "../steps/precision.ts";
import { type LevelReport, type LevelState, parseLevel } from "./level.ts";
import { resolveSubdivision, type SubdivisionSettings } from "./settings.ts";

const FORMAT = 1;

/**
 * A subdivision on disk:
 *
 * - `subdivision.json`: its settings and those of the training, and the format's version; written first
 * - `level-1`, `level-2`, …: each a training run, which `evaluate` and `embed` take like any; with
 *   `split.safetensors`, the sub-classes it trained on (from level 2), and
 *   `level.json`, its report and its Gaussians: a level that has this is done
 *
 * It may be killed at any moment: what is there is whole, and what is missing is made again from what is there.
 */
export interface SubdivisionFolder {
  readonly dir: string;
  readonly settings: Settings;
  readonly subdivision: SubdivisionSettings;
}

/**
 * A new subdivision in a folder that is made, or is there and empty. Its settings say which device and precision `auto` was here.
 *
 * @throws OptionError if the folder holds something, or the settings are out of their range
 *
 * @example
 * createSubdivision("runs/sub", resolveSettings(), { levels: 3 }).subdivision.perSubclass; // 16
 */
export function createSubdivision(dir: string, given: Settings, of: Partial<SubdivisionSettings> = {}): SubdivisionFolder {
  const { device: asked, precision } = checkSettings(given);
  const device = resolveDevice(asked);
  const settings = { ...withAbsolutePaths(given), device, precision: resolvePrecision(precision, device) };
  const subdivision = resolveSubdivision(of);
  checkPerClass(given.loss, subdivision.perSubclass, { where: "subdivide", option: "perSubclass" });
  refuseFilledSubdivision(dir);
  makeFolder(dir);
  writeWholeSync(join(dir, "subdivision.json"), `${JSON.stringify({ format: FORMAT, subdivision, settings }, null, 2)}\n`);
  return { dir, settings, subdivision };
}

/**
 * Refuses a folder for a new subdivision that holds something, before any work is done for it.
 *
 * @param where who refuses it
 * @throws OptionError that says what it holds
 *
 * @example
 * refuseFilledSubdivision("runs/new"); // undefined
 */
export function refuseFilledSubdivision(dir: string, where = "createSubdivision"): void {
  const held = statSync(dir, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(dir).filter((name) => !name.endsWith(".tmp")) : [];
  if (held.length === 0) return;
  const what = held.includes("subdivision.json") ? "a subdivision already.\n  Resume it, or name" : `${show(held[0])}.\n  Name`;
  throw new OptionError(`${where}: expected ${dir} to be empty or not there, but it holds ${what} another folder.`);
}

/**
 * A subdivision that is there, to read or to go on with.
 *
 * @throws DataError if the folder holds none, or one of another format's version, or settings that are not
 */
export function openSubdivision(dir: string): SubdivisionFolder {
  const path = join(dir, "subdivision.json");
  if (!existsSync(dir))
    throw new DataError(`subdivision at ${dir}: there is no such folder.\n  A subdivision's folder is made by subdivide.`);
  if (!existsSync(path)) {
    throw new DataError(`subdivision at ${dir}: no file subdivision.json.\n  A subdivision's folder is made by subdivide and holds one.`);
  }
  const { format, settings, subdivision } = readJson(path);
  if (format !== FORMAT) {
    throw new DataError(
      `subdivision at ${dir}: expected format ${FORMAT}, but got ${show(format)}.\n  Another version of ` +
        `semblant wrote it; open it with that version.`,
    );
  }
  try {
    return { dir, settings: checkSettings(settings), subdivision: resolveSubdivision(subdivision as Partial<SubdivisionSettings>) };
  } catch (cause) {
    throw new DataError(`${path}: ${(cause as Error).message}`, { cause });
  }
}

/** Keeps where the data of a subdivision and of its levels are now; they are the same data. */
export function moveSubdivision({ dir, settings, subdivision }: SubdivisionFolder, places: DataPlaces): void {
  const moved = withAbsolutePaths({ ...settings, data: { ...settings.data, ...places } });
  writeWholeSync(join(dir, "subdivision.json"), `${JSON.stringify({ format: FORMAT, subdivision, settings: moved }, null, 2)}\n`);
  for (let level = 1; level <= subdivision.levels; level++) {
    if (existsSync(join(levelFolder(dir, level), "settings.json"))) openRun(levelFolder(dir, level)).move(places);
  }
}

/** The folder of a level, 1 to L. */
export function levelFolder(dir: string, level: number): string {
  return join(dir, `level-${level}`);
}

/** The run of a level: as it is there, or made with these settings. */
export function levelRun(dir: string, level: number, settings: Settings): Run {
  const folder = levelFolder(dir, level);
  return existsSync(join(folder, "settings.json")) ? openRun(folder) : createRun(folder, settings);
}

/** Where the split of a level is kept. */
export function splitPath(dir: string, level: number): string {
  return join(levelFolder(dir, level), "split.safetensors");
}

/** What is kept of a level that is done, or undefined. */
export function readLevel(dir: string, level: number): LevelState | undefined {
  const path = join(levelFolder(dir, level), "level.json");
  if (!existsSync(path)) return undefined;
  return parseLevel(path, readJson(path));
}

/** Says that a level is done. */
export function writeLevel(dir: string, level: number, state: LevelState): void {
  writeWholeSync(join(levelFolder(dir, level), "level.json"), `${JSON.stringify({ format: FORMAT, ...state })}\n`);
}

/** The reports of the levels that are done, in order. */
export function readReports(dir: string): LevelReport[] {
  const reports: LevelReport[] = [];
  for (let level = 1; ; level++) {
    const state = existsSync(levelFolder(dir, level)) ? readLevel(dir, level) : undefined;
    if (state === undefined) return reports;
    reports.push(state.report);
  }
}

/** Takes away what a killed session did not finish writing. */
export function sweep(dir: string): void {
  for (const name of readdirSync(dir)) if (name.endsWith(".tmp")) rmSync(join(dir, name));
}

function readJson(path: string): Record<string, unknown> {
  const text = readText(path);
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content === "object" && content !== null) return content as Record<string, unknown>;
  } catch {
    // Said below, in the same words as for JSON that is something else.
  }
  throw new DataError(`${path}: expected JSON with a format, but got something else.`);
}
