import type { Dataset } from "../dataset/dataset.ts";
import type { PictureKind } from "../images/crop.ts";
import type { ImageOptions } from "../survey/image-options.ts";
import type { Survey } from "../survey/survey.ts";
import type { SetOptions, ValuesOf } from "./set-option.ts";

/** What every data set says of itself. */
interface Described<O extends SetOptions> {
  /** As people call it: `KDEF`. Layouts of one set have one title. */
  readonly title: string;
  /** What a folder of it looks like, as one sentence for the reference. */
  readonly files: string;
  /** What its pictures hold. */
  readonly pictures: PictureKind;
  readonly options: O;
}

/** A data set in a layout of its own, as people receive it: how it is known, and how it is read. */
export interface DataSet<O extends SetOptions = SetOptions> extends Described<O> {
  /** As an inspection names it: `KDEF pictures`. */
  readonly layout: string;
  /** Its turn when sets are looked for: the smallest is first. Names that say most have the smallest. */
  readonly order: number;
  /** Whether its files say more than a table `path,label` beside them, which else goes before every set. */
  readonly beforeTables?: true;
  /** Where at a path the set lies, as a path; undefined if it is not there. Looks at names, and at first lines of tables. */
  find(path: string): string | undefined;
  /** Everything that is there, good or bad. */
  survey(root: string, options: ImageOptions, own: ValuesOf<O>): Promise<Survey>;
}

/** A data set that is made, and lies nowhere. */
export interface DrawnSet<O extends SetOptions = SetOptions> extends Described<O> {
  /** The word that stands for it in place of a path: `generated`. */
  readonly source: string;
  draw(own: ValuesOf<O>): Dataset;
  /** What options may not be together with the size of images, if they are so; undefined if all is well. */
  refuse?(own: ValuesOf<O>, images: { readonly size: number; readonly channels: number }): Refusal | undefined;
}

/** An option that does not fit, and what was expected of it. */
export interface Refusal {
  readonly option: string;
  readonly expected: string;
}

/** A set's file exports what this gives as `set`: options are checked, and filled in, before the set sees them. */
export function dataSet<const O extends SetOptions>(set: DataSet<O>): DataSet<O> {
  return set;
}

/** As {@link dataSet}, for a set that is made. */
export function drawnSet<const O extends SetOptions>(set: DrawnSet<O>): DrawnSet<O> {
  return set;
}
