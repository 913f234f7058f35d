import { invalidOption } from "@semblant/core/internals";
import type { SetModel } from "../face-sets/face-set.ts";
import { betweenMeans } from "./cluster.ts";

/** How alike two faces' expressions are. */
export interface Likeness {
  /** 1 for the same point, 0 for as far apart as two classes or farther. */
  readonly likeness: number;
  /** In words. */
  readonly alike: "very alike" | "alike" | "somewhat alike" | "not alike";
}

/** From which likeness on a pair is called so. */
const steps = [
  [0.85, "very alike"],
  [0.6, "alike"],
  [0.3, "somewhat alike"],
] as const;

const spreads = new WeakMap<object, number>();

/**
 * A distance in a model's space for a person: 1 − d² / 2B, at least 0, where B is the mean squared distance of the model's class means.
 * It is the similarity that groups of faces are cut by, so that the same words mean the same whatever the model and the album.
 *
 * From 0.85 on two faces are "very alike", from 0.6 "alike", from 0.3 "somewhat alike", and else "not alike". The steps were set by hand
 * on 98 portraits, nearly all neutral or happy, and were tried on no others. There, with the model that ships, 57 % of the pairs that
 * look the same to it are very alike and 42 % alike. Of pairs that look different to it, 42 % are alike or very alike: the words tell
 * how near two faces lie, and not whether they are of one class.
 *
 * @param distance Euclidean, at least 0
 * @throws OptionError if it is no number from 0
 *
 * @example
 * const gaussians = { gaussians: { means: [0, 4], columns: 1, classes: 2 } }; // two classes, 4 apart
 * likenessOf(2, { gaussians }); // { likeness: 0.875, alike: "very alike" }
 */
export function likenessOf(distance: number, { gaussians: { gaussians } }: Pick<SetModel, "gaussians">): Likeness {
  if (!(distance >= 0)) throw invalidOption("likeness", "distance", "a number from 0", distance);
  const spread = spreads.get(gaussians) ?? betweenMeans(gaussians);
  spreads.set(gaussians, spread);
  const likeness = Math.max(0, 1 - distance ** 2 / (2 * spread));
  const alike = steps.find(([least]) => likeness >= least)?.[1] ?? "not alike";
  return { likeness, alike };
}
