import { inFileWords, invalidOption, isFileFailure, refuseUnknown } from "@semblant/core/internals";
import type { Dataset } from "../dataset/dataset.ts";
import { valuesOf } from "../description/set-option.ts";
import { type ArrangeOptions, arrange } from "../survey/arrange.ts";
import { correctLabels } from "../survey/correct-labels.ts";
import { type ImageOptions, imageOptionNames } from "../survey/image-options.ts";
import { datasetOf, type Survey } from "../survey/survey.ts";
import { surveyLabelledTables } from "../tables/survey-tables.ts";
import { surveyFlatFolder } from "./flat-folder.ts";
import { surveyImageFolder } from "./image-folder.ts";
import { setOptions } from "./known-sets.ts";
import { nameOfLayout, recogniseLayout } from "./layout.ts";
import { checkSetOptions, refuseOthersOptions } from "./set-options.ts";

/** Options that all layouts share. */
export interface SharedOptions extends ImageOptions, ArrangeOptions {
  /** A table of corrected labels: see {@link correctLabels}. */
  readonly corrections?: string;
}

/**
 * Options of every layout: shared ones, and those that single sets have, such as `views` of KDEF or `labels` of FER+.
 * The file of each set in
 * `sets/` says which. One of another set than the one found does nothing, or is refused where it asks for what is not there.
 */
export type DatasetOptions = SharedOptions & { readonly [option: string]: unknown };

const optionNames = [...setOptions.keys(), "split", "contempt", "corrections", ...imageOptionNames];

/**
 * The data set at a path, in whichever layout it is: FER+ or FER2013 tables, FERPlus's folders, an image folder, a labelled table, or
 * one of the sets in `sets/` as people receive it. Sets of expressions have their classes by our names
 * ({@link expressions}), as many as they know; CelebA (without an attribute) and LFW have none. Where the source has no splits and says
 * who is in a picture, splits are drawn by person. See {@link readFerPlus}, {@link readFer2013}, {@link readImageFolder},
 * {@link readLabelledTable}, {@link ArrangeOptions}.
 *
 * Where a `finder` of faces is given, sets whose pictures are heads or whole photos (JAFFE, KDEF, LFW ..., folders and tables of
 * pictures of more than 64 pixels) come as the faces that it finds; `faces` of the data set then says in which pictures there was none.
 *
 * @throws DataError if nothing known is there, or what is there is faulty
 * @throws OptionError if an option is unknown or out of its range, or `labels` asks for votes that the layout has not
 *
 * @example
 * await readDataset("nowhere"); // throws DataError: data at nowhere: no such file or folder.
 */
export async function readDataset(path: string, options: DatasetOptions = {}): Promise<Dataset> {
  return datasetOf(await surveyDataset("readDataset", path, options));
}

/** What {@link readDataset} reads, with everything that is wrong. */
export async function surveyDataset(where: string, path: string, given: DatasetOptions): Promise<Survey> {
  refuseUnknown(where, given, optionNames);
  checkWords(where, given);
  checkSetOptions(where, given, setOptions);
  const options: DatasetOptions = given.finder !== undefined && given.crop === undefined ? { ...given, crop: "auto" } : given;
  const survey = await surveySource(where, path, options).catch((error: unknown) => {
    throw isFileFailure(error) ? inFileWords(error, error.path ?? path) : error;
  });
  return arrange(where, options.corrections === undefined ? survey : correctLabels(survey, options.corrections), options);
}

async function surveySource(where: string, path: string, options: DatasetOptions): Promise<Survey> {
  const layout = recogniseLayout(path);
  const own = layout.kind === "set" ? layout.set.options : {};
  refuseOthersOptions(where, options, setOptions, { layout: nameOfLayout(layout), options: own });
  const ofImages = only(options, imageOptionNames);
  if (layout.kind === "set") return layout.set.survey(layout.root, ofImages, valuesOf(own, options));
  if (layout.kind === "folder of pictures") return surveyFlatFolder(layout.root, ofImages);
  if (layout.kind === "labelled table") return surveyLabelledTables(layout.root, layout.tables, ofImages);
  return surveyImageFolder(layout.root, ofImages, layout.strange);
}

function checkWords(where: string, { split, contempt }: SharedOptions): void {
  const check = (name: string, value: unknown, ...known: unknown[]): void => {
    if (value !== undefined && !known.includes(value)) throw invalidOption(where, name, `one of ${known.join(", ")}`, value);
  };
  check("split", split, "source", "undrawn", "subjects", "test");
  check("contempt", contempt, true, false);
}

function only<K extends keyof ImageOptions>(options: ImageOptions, names: readonly K[]): Pick<ImageOptions, K> {
  return Object.fromEntries(names.filter((name) => options[name] !== undefined).map((name) => [name, options[name]])) as Pick<
    ImageOptions,
    K
  >;
}
