import {
  accuracy,
  classifyByNeighbors,
  DataError,
  densityThreshold,
  type Embeddings,
  findNeighbors,
  fitSubclassGaussians,
  GaussianClasses,
  nmiWithin,
  SubclassGaussians,
} from "@semblant/core";
import type { Dataset, LabeledImages } from "@semblant/datasets";
import { type DataDigest, digestOfData } from "../runs/data-digest.ts";
import { gaussianWidthOf } from "../settings/loss-settings.ts";
import type { Settings } from "../settings/setting-types.ts";
import type { Step } from "../steps/step.ts";
import type { Split, SplitReport } from "./split.ts";

/** The paper's number of neighbours. */
const K = 11;
/** The part of validation images that "none of these" may not be said of. */
const ACCEPT = 0.99;

/** What came of a level; plain JSON. */
export interface LevelReport {
  /** From 1. */
  readonly level: number;
  readonly subclasses: number;
  /** How the classes were parted before the level trained; absent for level 1. */
  readonly split?: SplitReport;
  readonly steps: number;
  /** Mean over the last epoch. */
  readonly loss: number;
  /** How well the classes hold, in percent of validation images: by the 11 nearest training images … */
  readonly neighborAccuracy?: number;
  /** … and by the class of the nearest sub-class mean. */
  readonly nearestSubclassAccuracy?: number;
  /** Normalised mutual information of sub-classes and hidden sub-classes within classes, where the truth is known (generated faces). */
  readonly hiddenNmi?: number;
}

/** What a finished level keeps beside its run; plain JSON, so that the model needs no data to answer. */
export interface LevelState {
  readonly report: LevelReport;
  /** (subclasses) */
  readonly names: readonly string[];
  /** (subclasses): the class of each. */
  readonly parents: readonly number[];
  readonly classes: readonly string[];
  /** Training images: a subdivision goes on with the data it began with. */
  readonly images: number;
  /** What they are; absent from subdivisions of earlier versions. */
  readonly data?: DataDigest;
  readonly gaussians: {
    readonly columns: number;
    readonly means: readonly number[];
    readonly sigmas: readonly number[];
    readonly priors: readonly number[];
  };
  /** ln p(x) below which an image is none of these: 99 in 100 validation images are above it. */
  readonly noneBelow: number;
}

export interface LevelParts {
  readonly level: number;
  /** Absent for level 1, where sub-classes are the classes. */
  readonly split: Split | undefined;
  readonly settings: Settings;
  readonly steps: readonly Step[];
  readonly train: Embeddings;
  readonly validation: Embeddings;
  readonly data: Pick<Dataset, "classes" | "train" | "validation">;
}

/** Measures a level that has been trained: how the classes hold, and the Gaussians of its sub-classes. */
export function measureLevel({ level, split, settings, steps, train, validation, data }: LevelParts): LevelState {
  const { labels, parents, names } = split ?? itself(data.train, data.classes);
  const sigma = gaussianWidthOf(settings.loss) ?? "estimate"; // the width it was trained with, where there is one
  const model = fitSubclassGaussians(train, { subclasses: labels, parents, sigma });
  const { means, sigmas, priors, columns } = model.gaussians;
  const last = steps.filter(({ epoch }) => epoch === steps.at(-1)?.epoch);
  const truth = data.train.subclasses;
  return {
    report: {
      level,
      subclasses: parents.length,
      ...(split && { split: split.report }),
      steps: steps.length,
      loss: last.reduce((sum, { loss }) => sum + loss, 0) / last.length,
      ...(validation.rows > 0 && classAccuracies(train, validation, model)),
      ...(truth && split && { hiddenNmi: nmiWithin(data.train.labels, labels, truth) }),
    },
    names,
    parents: Array.from(parents),
    classes: data.classes,
    images: data.train.images.count,
    data: digestOfData(data),
    gaussians: { columns, means: Array.from(means), sigmas: Array.from(sigmas), priors: Array.from(priors) },
    noneBelow: densityThreshold(model.logDensity(validation.rows > 0 ? validation : train), { accept: ACCEPT }),
  };
}

function classAccuracies(train: Embeddings, validation: Embeddings, model: SubclassGaussians) {
  const truth = validation.labels as Int32Array;
  const neighbors = findNeighbors(validation, train, { k: Math.min(K, train.rows) });
  const { predicted } = classifyByNeighbors(neighbors, train.labels as Int32Array, model.classes);
  const { parents, gaussians } = model;
  const nearest = gaussians.classify(validation).predicted.map((s) => parents[s] ?? -1);
  return { neighborAccuracy: 100 * accuracy(truth, predicted), nearestSubclassAccuracy: 100 * accuracy(truth, nearest) };
}

/** Level 1: every class is its own one sub-class. */
function itself({ labels }: LabeledImages, classes: readonly string[]): Pick<Split, "labels" | "parents" | "names"> {
  return { labels, parents: Int32Array.from(classes.keys()), names: classes };
}

/** The Gaussians that a level keeps. */
export function gaussiansOf({ gaussians: { columns, means, sigmas, priors }, parents, classes }: LevelState): SubclassGaussians {
  const parts = { columns, means: Float64Array.from(means), sigmas: Float64Array.from(sigmas), priors: Float64Array.from(priors) };
  return new SubclassGaussians(new GaussianClasses(parts), parents, classes.length);
}

/**
 * A level's state as it was read.
 *
 * @throws DataError if it is something else
 */
export function parseLevel(path: string, content: Readonly<Record<string, unknown>>): LevelState {
  const state = content as unknown as LevelState;
  const count = Array.isArray(state.parents) ? state.parents.length : Number.NaN;
  const { means, sigmas, priors, columns } = state.gaussians ?? {};
  const fits = means?.length === count * columns && sigmas?.length === count && priors?.length === count && state.names?.length === count;
  const numbers = (values: unknown) => Array.isArray(values) && values.every((value) => value === null || Number.isFinite(value));
  const sound = fits && [means, sigmas, priors].every(numbers) && state.parents.every((parent) => Number.isInteger(parent) && parent >= 0);
  if (sound && Array.isArray(state.classes) && typeof state.report?.level === "number") return state;
  throw new DataError(`${path}: expected the report and the Gaussians of a level, but got something else.`);
}
