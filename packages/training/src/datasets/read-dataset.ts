import { invalidOption, refuseUnknown } from "@semblant/core";
import type { Dataset } from "./dataset.ts";
import type { FerPlusOptions } from "./fer-plus.ts";
import { surveyFerPlus } from "./fer-plus.ts";
import { surveyFer2013 } from "./fer2013.ts";
import { surveyImageFolder } from "./image-folder.ts";
import type { ImageOptions } from "./labelled-images.ts";
import { imageOptionNames } from "./labelled-images.ts";
import { surveyLabelledTable } from "./labelled-table.ts";
import { recogniseLayout } from "./layout.ts";
import type { Survey } from "./survey.ts";
import { datasetOf } from "./survey.ts";

/** Options of every layout; those of another layout than the one found do nothing, but for `labels`. */
export interface DatasetOptions extends FerPlusOptions, ImageOptions {}

/**
 * The data set at a path, in whichever layout it is: FER+ or FER2013 tables, FERPlus's folders, an image folder, a labelled
 * table. See {@link readFerPlus}, {@link readFer2013}, {@link readImageFolder}, {@link readLabelledTable}.
 *
 * @throws DataError if nothing known is there, or what is there is faulty
 * @throws OptionError if an option is unknown, or `labels` asks for votes that the layout has not
 *
 * @example
 * await readDataset("nowhere"); // throws DataError: data at nowhere: no such file or folder.
 */
export async function readDataset(path: string, options: DatasetOptions = {}): Promise<Dataset> {
  return datasetOf(await surveyDataset("readDataset", path, options));
}

/** What {@link readDataset} reads, with everything that is wrong. */
export async function surveyDataset(where: string, path: string, options: DatasetOptions): Promise<Survey> {
  refuseUnknown(where, options, ["labels", "evaluation", "votes", ...imageOptionNames]);
  const layout = recogniseLayout(path);
  const { labels, evaluation, votes, ...ofImages } = options;
  const { cache } = options;
  if (layout.kind === "FER+ table" || layout.kind === "FER+ folders") {
    return surveyFerPlus(layout, path, {
      ...(labels !== undefined && { labels }),
      ...(evaluation !== undefined && { evaluation }),
      ...(votes !== undefined && { votes }),
      ...(cache !== undefined && { cache }),
    });
  }
  const mode = [labels, evaluation].find((mode) => mode !== undefined && mode !== "majority");
  if (mode !== undefined)
    throw invalidOption(where, "labels", `majority, since this ${layout.kind} has one label an image and no votes`, mode);
  if (layout.kind === "FER2013 table") return surveyFer2013(layout, path, cache === undefined ? {} : { cache });
  return layout.kind === "image folder" ? surveyImageFolder(layout.root, ofImages) : surveyLabelledTable(layout.table, ofImages);
}
