import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { DataError, OptionError } from "@semblant/core";
import { show } from "@semblant/core/internals";

/** Runs at most, of which the newest are shown. */
const most = 500;

/** A run in the folder of runs. */
export interface FoundRun {
  /** From the folder of runs, with / between folders: `7`, or `fear/level-1` of a subdivision. */
  readonly name: string;
  readonly dir: string;
  /** When its settings were written, in milliseconds since 1970. */
  readonly changed: number;
}

const isRun = (dir: string) => existsSync(join(dir, "settings.json"));

/**
 * Where the runs are that belong to a folder: the folder itself where it holds runs, the one around it where it is a run, `runs` in it, or
 * else `runs` where `semblant train` puts them, in the working folder.
 *
 * @example
 * runsFolderOf("/faces", "/elsewhere"); // "/elsewhere/runs"
 */
export function runsFolderOf(folder: string, cwd = process.cwd()): string {
  const at = resolve(folder);
  if (isRun(at)) return dirname(at);
  if (runsIn(at).length > 0) return at;
  return existsSync(join(at, "runs")) ? join(at, "runs") : join(cwd, "runs");
}

/** The runs of a folder, and of the subdivisions in it; the newest first. None where there is no such folder. */
export function runsIn(folder: string): FoundRun[] {
  if (!existsSync(folder)) return [];
  const root = realpathSync(folder);
  const found = foldersIn(root).flatMap((name) => {
    const dir = join(root, name);
    if (isRun(dir)) return [name];
    if (!existsSync(join(dir, "subdivision.json"))) return [];
    return foldersIn(dir).flatMap((level) => (isRun(join(dir, level)) ? [`${name}/${level}`] : []));
  });
  const timed = found.flatMap((name) => {
    const dir = within(root, name);
    const kept = dir === undefined ? undefined : statSync(join(dir, "settings.json"), { throwIfNoEntry: false });
    return dir === undefined || kept === undefined ? [] : [{ name, dir, changed: Math.round(kept.mtimeMs) }];
  });
  return timed.sort((a, b) => b.changed - a.changed || (a.name < b.name ? -1 : 1)).slice(0, most);
}

/**
 * A run by its name. Names are looked up among those that are there, so that none leads out of the folder.
 *
 * @throws DataError if there is none (missing)
 */
export function runNamed(folder: string, name: string): FoundRun {
  const found = runsIn(folder).find((run) => run.name === name);
  if (found === undefined)
    throw new DataError(`runs: expected the name of a run, but ${show(name)} is none.`, { cause: { refusal: "missing" } });
  return found;
}

/**
 * The name of a new run: as it was given, or the first of 1, 2, ... that is free.
 *
 * @throws OptionError if it is no plain name, or taken
 */
export function newRunName(folder: string, given: string | undefined, taken: (name: string) => boolean = () => false): string {
  const isTaken = (name: string) => taken(name) || existsSync(join(folder, name));
  if (given === undefined || given === "") {
    for (let n = 1; ; n++) if (!isTaken(String(n))) return String(n);
  }
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u.test(given))
    throw new OptionError(`runs: expected a name of up to 64 letters, digits, dots and dashes, but got ${show(given)}.`);
  if (isTaken(given))
    throw new OptionError(`runs: expected the name of a new run, but ${show(given)} is there already.\n  Resume it, or name another.`);
  return given;
}

/** A folder within another, where links do not lead out of it. */
function within(root: string, name: string): string | undefined {
  const dir = realpathSync(join(root, name));
  return dir.startsWith(root + sep) ? dir : undefined;
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.name.startsWith(".") && (entry.isDirectory() || entry.isSymbolicLink()))
      .map(({ name }) => name);
  } catch {
    return []; // no folder, or not for us
  }
}
