import { inFileWords, invalidOption, isFileFailure, refuseUnknown } from "@semblant/core";
import { type ArrangeOptions, arrange } from "./arrange.ts";
import { correctLabels } from "./correct-labels.ts";
import type { Dataset } from "./dataset.ts";
import { type FerPlusOptions, surveyFerPlus } from "./fer-plus.ts";
import { surveyFer2013 } from "./fer2013.ts";
import { surveyFlatFolder } from "./flat-folder.ts";
import { surveyImageFolder } from "./image-folder.ts";
import { imageOptionNames } from "./labelled-images.ts";
import { surveyLabelledTables } from "./labelled-table.ts";
import { nameOfLayout, recogniseLayout } from "./layout.ts";
import { type SetOptions, setOptionNames } from "./set-reader.ts";
import { datasetOf, type Survey } from "./survey.ts";

/** Options of every layout; those of another layout than the one found do nothing, but for `labels`. */
export interface DatasetOptions extends FerPlusOptions, SetOptions, ArrangeOptions {
  /** A table of corrected labels: see {@link correctLabels}. */
  readonly corrections?: string;
}

const optionNames = ["labels", "evaluation", "votes", "split", "contempt", "corrections", ...setOptionNames];

/**
 * The data set at a path, in whichever layout it is: FER+ or FER2013 tables, FERPlus's folders, an image folder, a labelled table, or
 * AffectNet, BU-3DFE, CelebA, CK+, JAFFE, KDEF, LFW, RAF-DB as people receive them. Sets of expressions have their classes by our names
 * ({@link expressions}), as many as they know; CelebA (without an attribute) and LFW have none. Where the source has no splits and says
 * who is in a picture, splits are drawn by person. See {@link readFerPlus}, {@link readFer2013}, {@link readImageFolder},
 * {@link readLabelledTable}, {@link SetOptions}, {@link ArrangeOptions}.
 *
 * Where a `finder` of faces is given, sets whose pictures are heads or whole photos (JAFFE, KDEF, BU-3DFE, CelebA, LFW, folders and tables of
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
  const options: DatasetOptions = given.finder !== undefined && given.crop === undefined ? { ...given, crop: "auto" } : given;
  const survey = await surveySource(where, path, options).catch((error: unknown) => {
    throw isFileFailure(error) ? inFileWords(error, error.path ?? path) : error;
  });
  return arrange(where, options.corrections === undefined ? survey : correctLabels(survey, options.corrections), options);
}

async function surveySource(where: string, path: string, options: DatasetOptions): Promise<Survey> {
  const layout = recogniseLayout(path);
  const { labels, evaluation, votes, cache, followLinks } = options;
  if (layout.kind === "FER+ table" || layout.kind === "FER+ folders") {
    return surveyFerPlus(layout, path, {
      ...(labels !== undefined && { labels }),
      ...(evaluation !== undefined && { evaluation }),
      ...(votes !== undefined && { votes }),
      ...(cache !== undefined && { cache }),
      ...(followLinks !== undefined && { followLinks }),
    });
  }
  const mode = [labels, evaluation].find((mode) => mode !== undefined && mode !== "majority");
  if (mode !== undefined)
    throw invalidOption(where, "labels", `majority, since this ${nameOfLayout(layout)} has one label an image and no votes`, mode);
  if (layout.kind === "FER2013 table") return surveyFer2013(layout, path, cache === undefined ? {} : { cache });
  if (layout.kind === "set") return layout.reader.survey(layout.root, only(options, setOptionNames));
  const ofImages = only(options, imageOptionNames);
  if (layout.kind === "folder of pictures") return surveyFlatFolder(layout.root, ofImages);
  if (layout.kind === "labelled table") return surveyLabelledTables(layout.root, layout.tables, ofImages);
  return surveyImageFolder(layout.root, ofImages, layout.strange);
}

function checkWords(where: string, { split, neutral, views, intensity, contempt }: DatasetOptions): void {
  const check = (name: string, value: unknown, ...known: unknown[]): void => {
    if (value !== undefined && !known.includes(value)) throw invalidOption(where, name, `one of ${known.join(", ")}`, value);
  };
  check("split", split, "source", "undrawn", "subjects", "test");
  check("neutral", neutral, "none", "subject", "sequence");
  check("views", views, "frontal", "all");
  check("intensity", intensity, 1, 2, 3, 4);
  check("contempt", contempt, true, false);
}

function only<K extends keyof DatasetOptions>(options: DatasetOptions, names: readonly K[]): Pick<DatasetOptions, K> {
  return Object.fromEntries(names.filter((name) => options[name] !== undefined).map((name) => [name, options[name]])) as Pick<
    DatasetOptions,
    K
  >;
}
