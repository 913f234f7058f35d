import { dataSet } from "../description/data-set.ts";
import { type FerPlace, ferPlaceAt } from "../fer/fer-place.ts";
import { surveyFer2013 } from "../fer/survey-fer2013.ts";

type Table = Extract<FerPlace, { readonly kind: "FER2013 table" }>;

/**
 * FER2013 by itself: `fer2013.csv`, or `icml_face_data.csv` with the same columns in another order; one label per image, three splits,
 * seven classes.
 *
 * Goodfellow et al. 2013, "Challenges in representation learning".
 */
export const set = dataSet({
  title: "FER2013",
  layout: "FER2013 table",
  files: "`fer2013.csv` (emotion,pixels,Usage) by itself",
  pictures: "faces",
  order: 220,
  beforeTables: true,
  options: {},
  find: (path) => (ferPlaceAt(path)?.kind === "FER2013 table" ? path : undefined),
  survey: (path, { cache }) => surveyFer2013(ferPlaceAt(path) as Table, cache),
});
