import { DataError, OptionError, type SubclassGaussians } from "@semblant/core";
import { type LoadedRun, type LoadRunOptions, loadRun } from "../runs/load-run.ts";
import { levelFolder, openSubdivision, readLevel, readReports } from "./folder.ts";
import { gaussiansOf, type LevelReport } from "./level.ts";

/** A subdivision ready for use: the run of a level, and the Gaussians of its sub-classes. */
export interface LoadedSubdivision extends LoadedRun {
  readonly level: number;
  /** Answers for embeddings of the network: posterior over classes and sub-classes, density, class with sub-class or none of these. */
  readonly gaussians: SubclassGaussians;
  /** (subclasses): `happiness 2`. */
  readonly subclassNames: readonly string[];
  /** ln p(x) below which an image is none of these, for `minimumLogDensity`: 99 in 100 validation images are above it. */
  readonly noneBelow: number;
  /** Of every level that is done. */
  readonly reports: readonly LevelReport[];
}

export interface LoadSubdivisionOptions extends Pick<LoadRunOptions, "device"> {
  /** By default the last that is done. */
  readonly level?: number;
}

/**
 * Reads a level of a subdivision, while others train or afterwards.
 *
 * @throws DataError if there is no subdivision, or the level is not done
 * @throws OptionError if level is not a whole number above 0
 *
 * @example
 * loadSubdivision("runs/nothing"); // throws DataError: subdivision at runs/nothing: there is no such folder.
 */
export function loadSubdivision(dir: string, options: LoadSubdivisionOptions = {}): LoadedSubdivision {
  openSubdivision(dir);
  const reports = readReports(dir);
  const { level = Math.max(1, reports.length), device } = options;
  if (!Number.isInteger(level) || level < 1)
    throw new OptionError(`loadSubdivision: expected level to be a whole number from 1, but got ${level}.`);
  const state = readLevel(dir, level);
  if (state === undefined) {
    const done = reports.length === 0 ? "no level is" : `the last is ${reports.length}`;
    throw new DataError(`subdivision at ${dir}: level ${level} is not done; ${done}.\n  Go on with it: semblant subdivide --resume ${dir}`);
  }
  const { names: subclassNames, noneBelow } = state;
  const run = loadRun(levelFolder(dir, level), device === undefined ? {} : { device });
  return { ...run, level, gaussians: gaussiansOf(state), subclassNames, noneBelow, reports };
}
