import { type Embeddings, type EvaluateOptions, evaluate, type LeaveOut } from "@semblant/core";
import type { AskedGallery } from "../data/asked-gallery.ts";
import type { MeasuredSpace } from "../models/measured.ts";

/** What of a measurement a person chooses, whatever is measured. */
export interface MeasuringOptions {
  readonly neighbors?: number;
  /** Which faces are never each other's neighbours, where people and sequences are known. */
  readonly leaveOut?: LeaveOut;
  readonly bootstrap?: number;
  readonly seed?: number;
  /** How many of each face's nearest are given back, from 1; none by default. */
  readonly nearest?: number;
}

/** What of a measurement is as the data is. */
export interface MeasuredOf {
  readonly train: Embeddings;
  readonly test: Embeddings;
  readonly leaveOneOut?: boolean;
  readonly asked?: AskedGallery | undefined;
  readonly head?: Float32Array | Float64Array | undefined;
  readonly sigma?: number | undefined;
}

/** Neighbours that vote, unless told otherwise; fewer where there are fewer. */
const voters = 11;

/** Measures points of a space: test points by training points, queries by their gallery, or each point by all others. */
export function measure(of: MeasuredOf, { neighbors, leaveOut, bootstrap, seed, nearest }: MeasuringOptions) {
  const { train, test, leaveOneOut = false, asked, head, sigma = widthOf(of) } = of;
  const others = leaveOneOut || asked?.itself.some((row) => row >= 0) === true ? 1 : 0;
  const options: EvaluateOptions = {
    k: neighbors ?? Math.min(voters, Math.max(1, train.rows - others)),
    leaveOneOut,
    ...(asked && { retrieval: "train", itself: asked.itself }),
    ...(head && { head }),
    ...(sigma !== undefined && { sigma }),
    ...(bootstrap !== undefined && { bootstrap }),
    ...(seed !== undefined && { seed }),
    ...(leaveOut !== undefined && { leaveOut }),
    ...(nearest !== undefined && { keep: nearest }),
  };
  return evaluate(train, test, options);
}

/** A gallery with one face of each class says nothing of the classes' width: then all have the same. */
function widthOf({ train: { labels }, asked }: MeasuredOf): number | undefined {
  return asked !== undefined && labels !== undefined && new Set(labels).size === labels.length ? 1 : undefined;
}

/** How many faces queries look in, and how many of the queries are among them. */
export function againstOf({ gallery, itself }: AskedGallery): NonNullable<MeasuredSpace["dataset"]["against"]> {
  return { gallery: gallery.images.count, both: itself.filter((row) => row >= 0).length };
}
