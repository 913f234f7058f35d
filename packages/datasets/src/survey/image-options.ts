import { invalidOption } from "@semblant/core/internals";
import type { SplitShares } from "../dataset/random-split.ts";
import { type Crop, cropExpected, isCrop } from "../images/crop.ts";
import type { FaceFinder } from "../images/face-finder.ts";
import type { CacheOption } from "../images/image-cache.ts";
import type { People } from "./people.ts";

/** How labelled image files become a data set; for image folders, labelled tables and the sets with layouts of their own. */
export interface ImageOptions {
  /** Side of the square that every image is scaled to, in pixels, 8 to 1024 (48). */
  readonly size?: number;
  /** 1 for grey (the default), 3 for colour. */
  readonly channels?: 1 | 3;
  /** The part of each picture that is taken (`auto` where a finder of faces is given, else `source`). */
  readonly crop?: Crop;
  /** What becomes of a picture in which no face is found, where faces are looked for: it is taken `whole` (by default), or left `out`. */
  readonly noFace?: "whole" | "out";
  /** What finds the faces. */
  readonly finder?: FaceFinder;
  /** The classes there are, in order; else those of the training split. Any other label is a fault. */
  readonly classes?: readonly string[];
  /** What goes to validation and test where the source has no splits (0.1 and 0.1). */
  readonly shares?: SplitShares;
  /** Seed of that split (0). */
  readonly seed?: number;
  /** Folder of the packed images; `true` beside the data, `false` nowhere. */
  readonly cache?: CacheOption;
  /** Where who is in a picture is looked for (`found`). */
  readonly people?: People;
  /** Whether links that lead out of the data's folder are followed (false); else what they lead to is left out and named. */
  readonly followLinks?: boolean;
}

export const imageOptionNames = [
  "size",
  "channels",
  "crop",
  "noFace",
  "finder",
  "classes",
  "shares",
  "seed",
  "cache",
  "followLinks",
  "people",
] as const;

/** @throws OptionError for the first option that is out of its range */
export function checkImageOptions(where: string, options: ImageOptions): void {
  const { size = 48, channels = 1, crop = "source", noFace = "whole", classes, followLinks = false, people = "found" } = options;
  if (!["found", "layout", "none"].includes(people)) throw invalidOption(where, "people", "one of found, layout, none", people);
  if (typeof followLinks !== "boolean") throw invalidOption(where, "followLinks", "true or false", followLinks);
  if (!(Number.isInteger(size) && size >= 8 && size <= 1024)) throw invalidOption(where, "size", "a whole number from 8 to 1024", size);
  if (channels !== 1 && channels !== 3) throw invalidOption(where, "channels", "1 (grey) or 3 (colour)", channels);
  if (noFace !== "whole" && noFace !== "out") throw invalidOption(where, "noFace", "whole or out", noFace);
  if (!isCrop(crop)) throw invalidOption(where, "crop", cropExpected, crop);
  if (classes && (classes.length < 2 || new Set(classes).size < classes.length)) {
    throw invalidOption(where, "classes", "at least two names, each once", classes);
  }
}
