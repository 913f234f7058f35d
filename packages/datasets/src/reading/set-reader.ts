import { type ImageOptions, imageOptionNames } from "./labelled-images.ts";
import type { Survey } from "./survey.ts";

/** Options of the sets with layouts of their own; those of another set do nothing. */
export interface SetOptions extends ImageOptions {
  /** CK+: first frames that are taken as neutral: none (by default), one a person, or one a labelled sequence. */
  readonly neutral?: "none" | "subject" | "sequence";
  /** KDEF: `frontal` pictures (by default), or `all` five views. */
  readonly views?: "frontal" | "all";
  /** BU-3DFE: the least intensity of an expression, 1 (by default) to 4; neutral faces have none and stay. */
  readonly intensity?: 1 | 2 | 3 | 4;
  /** CelebA: the attribute that is the label (`Smiling`); without one the set is unlabelled. */
  readonly attribute?: string;
}

export const setOptionNames = [...imageOptionNames, "neutral", "views", "intensity", "attribute"] as const;

/** A data set that people receive in a layout of its own: how it is known, and how it is read. */
export interface SetReader {
  /** As an inspection names it: `JAFFE pictures`. */
  readonly layout: string;
  /** Where in a folder the set lies, as a path; undefined if it is not there. Looks at names, and at first lines of tables. */
  find(folder: string): string | undefined;
  /** Everything that is there, good or bad. */
  survey(root: string, options: SetOptions): Promise<Survey>;
}
