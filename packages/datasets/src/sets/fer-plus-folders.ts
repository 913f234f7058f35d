import { dataSet } from "../description/data-set.ts";
import { type FerPlace, ferPlaceAt } from "../fer/fer-place.ts";
import { ferPlusOptions, surveyFerPlus } from "../fer/survey-fer-plus.ts";

type Folders = Extract<FerPlace, { readonly kind: "FER+ folders" }>;

/** FER+ as FERPlus's script writes it: `FER2013Train`, `FER2013Valid` and `FER2013Test`, each with its images and their `label.csv`. */
export const set = dataSet({
  title: "FER+",
  layout: "FER+ folders",
  files: "`FER2013Train/fer0000000.png` and `FER2013Train/label.csv`, and so for `FER2013Valid` and `FER2013Test`",
  pictures: "faces",
  order: 210,
  beforeTables: true,
  options: ferPlusOptions,
  find: (path) => (ferPlaceAt(path)?.kind === "FER+ folders" ? path : undefined),
  survey: (path, options, own) => surveyFerPlus(ferPlaceAt(path) as Folders, options, own),
});
