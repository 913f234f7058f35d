import { dataSet } from "../description/data-set.ts";
import { type FerPlace, ferPlaceAt } from "../fer/fer-place.ts";
import { ferPlusOptions, surveyFerPlus } from "../fer/survey-fer-plus.ts";

type Table = Extract<FerPlace, { readonly kind: "FER+ table" }>;

/**
 * FER+ as tables: the pixels of `fer2013.csv`, and the votes of `fer2013new.csv` or of FERPlus's `label.csv` files, ten votes per image.
 * 35,887 faces of 48 x 48 in grey, three splits, eight classes.
 *
 * Barsoum et al. 2016, "Training deep networks for facial expression recognition with crowd-sourced label distribution".
 */
export const set = dataSet({
  title: "FER+",
  layout: "FER+ table",
  files: "`fer2013.csv` (emotion,pixels,Usage) with `fer2013new.csv`, or with `FER2013Train/label.csv` and its like",
  pictures: "faces",
  order: 200,
  beforeTables: true,
  options: ferPlusOptions,
  find: (path) => (ferPlaceAt(path)?.kind === "FER+ table" ? path : undefined),
  survey: (path, options, own) => surveyFerPlus(ferPlaceAt(path) as Table, options, own),
});
