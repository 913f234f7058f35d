import { DataError, type Embeddings, Random } from "@semblant/core";
import { invalidOption } from "@semblant/core/internals";
import type { Dataset } from "@semblant/datasets";
import { type ProcessGroup, tidy } from "@semblant/torch";
import { lossNamed } from "../catalog/losses.ts";
import { isFirst, ofRank0, onAnyRank, onRank0 } from "../distributed/of-rank0.ts";
import { refuseOtherFacts } from "../distributed/same-facts.ts";
import { refuseOtherVersions } from "../distributed/same-versions.ts";
import { buildTraining } from "../loop/build-training.ts";
import type { TrainOptions } from "../loop/set-up.ts";
import { train } from "../loop/train.ts";
import { type DataDigest, digestOfData, refuseOtherData } from "../runs/data-digest.ts";
import { loadRun } from "../runs/load-run.ts";
import { lockRun } from "../runs/lock.ts";
import { refuseLost } from "../runs/lost-run.ts";
import type { Run } from "../runs/run.ts";
import type { Settings } from "../settings/setting-types.ts";
import type { Step } from "../steps/step.ts";
import { embeddingsAfter } from "./embeddings-after.ts";
import { levelFolder, levelRun, readLevel, type SubdivisionFolder, splitPath, sweep, writeLevel } from "./folder.ts";
import { type LevelReport, type LevelState, measureLevel } from "./level.ts";
import { type Split, type SplitReport, splitClasses } from "./split.ts";
import { readSplit, writeSplit } from "./split-file.ts";
import { tellSplit } from "./tell-split.ts";

/** What {@link subdivide} is given. */
export interface SubdivideOptions {
  /** Where it is kept, and its settings: of {@link createSubdivision}, or {@link openSubdivision} to go on. */
  readonly folder: SubdivisionFolder;
  readonly data: Dataset;
  /** Ends it after the step in which it is aborted. */
  readonly signal?: AbortSignal;
  /** The processes that train and embed together, as in `train`. Rank 0 alone reads and writes the folder, and splits. */
  readonly group?: ProcessGroup;
}

/** What {@link subdivide} yields: when a level's classes have been split, after each of its steps, and when it is done. */
export interface SubdivisionStep {
  /** From 1. */
  readonly level: number;
  readonly levels: number;
  readonly split?: SplitReport;
  readonly step?: Step;
  readonly report?: LevelReport;
}

/** Validation within a level would choose the epoch at which the classes stand best: mostly the one before the sub-classes take hold. */
const NOT_WITHIN_A_LEVEL = 1_000_000;

/**
 * Algorithm 2, the Deep Gaussian Mixture Sub-space: finds kinds of faces inside each class, named by nobody, and trains the embedding
 * to hold them apart; yields a record a step.
 *
 * Level 1 trains on the classes by Algorithm 1. Each further level embeds the whole training set, splits every class into sub-classes
 * by clustering its embeddings, gives every sub-class a label, and goes on training by Algorithm 1 with the sub-classes in the part of the
 * classes: each a Gaussian, so many images of each in a batch. What a level leaves is the network at its end. Classes themselves are
 * validated once a level, at its end.
 *
 * Each level is a run in the folder, which also keeps its split, its report and its Gaussians. A subdivision that was stopped, with
 * `break` or by a kill at any moment, goes on where it was and ends at the weights it would have had.
 *
 * @throws OptionError for a loss with weights of its own for each class, a folder that another process works in, or ranks of unlike
 *   settings
 * @throws DataError for data without training images or with a class without images, or other data than the folder's
 *
 * @example
 * const settings = resolveSettings({ network: { baseChannels: 4, size: 16 }, perClass: 2, steps: 1 });
 * const folder = createSubdivision("runs/kinds", settings, { levels: 2, smallest: 2, perSubclass: 2 });
 * for (const { level, report } of subdivide({ folder, data: generateFaces({ count: 80 }) })) {
 *   if (report) console.log(level, report.subclasses, report.neighborAccuracy);
 * }
 * loadSubdivision("runs/kinds").subclassNames.slice(0, 2); // ["neutral 1", "neutral 2"]
 */
export function* subdivide({ folder, data, signal, group }: SubdivideOptions): Generator<SubdivisionStep, void, undefined> {
  const { dir, settings, subdivision } = folder;
  const { levels } = subdivision;
  if (lossNamed(settings.loss.name).learnsClasses) {
    // It would have no weights for a sub-class.
    throw invalidOption("subdivide", "loss.name", "a loss without weights of its own for each class, such as sgm", settings.loss.name);
  }
  if (group !== undefined) refuseUnlikeRanks(group, folder);
  const lock = onRank0(group, "lock", () => lockRun(dir));
  try {
    if (isFirst(group)) sweep(dir);
    let known: DataDigest | undefined;
    const digest = () => {
      known ??= digestOfData(data);
      return known;
    };
    for (let level = 1; level <= levels; level++) {
      if (ofRank0(group, "level", () => isDone(dir, level, data, digest))) continue;
      if (onAnyRank(group, "stop", signal?.aborted === true)) return;
      const run = onRank0(group, "run", () => runOf(folder, level));

      const split = level === 1 ? undefined : splitOf({ folder, data, level, group }); //                             steps a and b
      if (split !== undefined) yield { level, levels, split: split.report };

      const training = trainingOf(folder, run, data, level);
      try {
        const given = { ...(run && { run }), ...(split && { subclasses: split }), ...(signal && { signal }), ...(group && { group }) };
        for (const step of train({ ...training, ...given })) {
          yield { level, levels, step }; //                                                                              step c
        }
      } finally {
        training.network.dispose();
      }
      if (!ofRank0(group, "trained", () => isTrained(run as Run))) return;

      const embeddings = embeddingsAfter(folder, level, data, group);
      const report = ofRank0(group, "report", () => {
        const measured = measureLevel({ level, split, settings, steps: (run as Run).steps(), data, ...embeddings });
        writeLevel(dir, level, measured);
        return measured.report;
      });
      yield { level, levels, report };
    }
  } finally {
    lock?.release();
  }
}

/** What the levels are; of each level's training, the training compares the rest. */
function refuseUnlikeRanks(group: ProcessGroup, { subdivision }: SubdivisionFolder): void {
  refuseOtherVersions(group);
  refuseOtherFacts(group, { versions: {}, settings: { subdivision }, data: {} });
}

/** Whether a level is done, with these data. */
function isDone(dir: string, level: number, data: Dataset, digest: () => DataDigest): boolean {
  const done = readLevel(dir, level);
  if (done !== undefined) refuseOther(dir, done, data, digest);
  return done !== undefined;
}

/** The run of a level, which can be gone on with. */
function runOf(folder: SubdivisionFolder, level: number): Run {
  const run = levelRun(folder.dir, level, levelSettings(folder, level));
  refuseDeadEnd(folder.dir, level, run);
  return run;
}

/** A level whose training gave up would give up again, from the same weights. */
function refuseDeadEnd(dir: string, level: number, run: Run): void {
  refuseLost(run);
  const ended = run.steps().at(-1)?.ended;
  if (ended?.reason !== "collapsed") return;
  throw new DataError(`subdivision at ${dir}: expected level ${level} to go on with, but it gave up.\n  ${ended.message}`);
}

function refuseOther(dir: string, { images, classes, data: began }: LevelState, data: Dataset, digest: () => DataDigest): void {
  const { train } = data;
  if (images === train.images.count && classes.join() === train.classes.join()) {
    refuseOtherData(`subdivision at ${dir}`, began, digest);
    return;
  }
  throw new DataError(
    `subdivision at ${dir}: expected the data it began with, ${images} training images of ${classes.length} ` +
      `classes, but got ${train.images.count} of ${train.classes.length}.`,
  );
}

/** A level to be split, by all ranks. */
interface Unsplit {
  readonly folder: SubdivisionFolder;
  readonly data: Dataset;
  readonly level: number;
  readonly group: ProcessGroup | undefined;
}

/** The split of a level, as it was kept or made anew, on every rank. */
function splitOf(unsplit: Unsplit): Split {
  const { folder, level, group } = unsplit;
  const kept = onRank0(group, "split", () => readSplit(splitPath(folder.dir, level)));
  const split = ofRank0(group, "split", () => kept !== undefined) ? kept : splitAnew(unsplit);
  return tellSplit(group, split);
}

/** Embeds the training set and splits its classes; what comes of it is kept before anything is trained on it. */
function splitAnew({ folder, data, level, group }: Unsplit): Split | undefined {
  const { train } = embeddingsAfter(folder, level - 1, data, group);
  return onRank0(group, "split", () => splitInto(folder, data, level, train));
}

function splitInto(folder: SubdivisionFolder, data: Dataset, level: number, X: Embeddings): Split {
  const { dir, settings, subdivision } = folder;
  const { growth, subclasses } = subdivision;
  const before = readSplit(splitPath(dir, level - 1)) ?? { labels: data.train.labels, parents: Int32Array.from(data.classes.keys()) };
  const split = splitClasses(X, {
    settings: subdivision,
    most: growth === "gradual" ? Math.min(level, subclasses) : subclasses,
    random: new Random(settings.seed).fork(`split ${level}`),
    before,
    votes: settings.targets !== "labels",
  });
  writeSplit(splitPath(dir, level), split);
  return split;
}

/** The settings of a level's run. Level 1 is the run that `train` makes of the same settings, but for its length. */
function levelSettings({ settings, subdivision }: SubdivisionFolder, level: number): Settings {
  const { perSubclass, firstEpochs } = subdivision;
  const validation = { ...settings.validation, every: NOT_WITHIN_A_LEVEL };
  if (level === 1) return { ...settings, validation, epochs: firstEpochs ?? settings.epochs };
  return {
    ...settings,
    validation,
    network: { ...settings.network, weights: null },
    perClass: perSubclass,
    seed: new Random(settings.seed).fork(`level ${level}`).integer(2 ** 32),
  };
}

/**
 * What the level trains: a network with fresh weights, or that of the level before as it was at its end. Ranks without a run are told
 * its weights.
 */
function trainingOf(folder: SubdivisionFolder, run: Run | undefined, data: Dataset, level: number): TrainOptions {
  if (run === undefined) return buildTraining(toldSettings(folder, level), data);
  const { dir, settings } = folder;
  const training = buildTraining(run.settings, data, run);
  if (level === 1) return training;
  training.network.dispose();
  const { network, loss } = loadRun(levelFolder(dir, level - 1), { device: settings.device });
  loss.module?.dispose();
  return { ...training, network };
}

/** The level's settings on a rank that is told where to start from. */
function toldSettings(folder: SubdivisionFolder, level: number): Settings {
  const settings = levelSettings(folder, level);
  return { ...settings, network: { ...settings.network, weights: null } };
}

/** Whether the level has made its last step, and none that was the end of it. */
function isTrained(run: Run): boolean {
  const reason = tidy(() => run.last()?.state.ended?.reason);
  return reason === "finished" || reason === "patience";
}
