import { DataError } from "@semblant/core";
import { invalidOption, refuseUnknown } from "@semblant/core/internals";
import type { Dataset } from "../dataset/dataset.ts";
import { valuesOf } from "../description/set-option.ts";
import { ferPlaceAt } from "../fer/fer-place.ts";
import { noVotes } from "../fer/fer-plus-source.ts";
import { ferPlusOptions, surveyFerPlus } from "../fer/survey-fer-plus.ts";
import type { CacheOption } from "../images/image-cache.ts";
import { type LabelMode, labelModes } from "../labels/label-modes.ts";
import { datasetOf } from "../survey/survey.ts";
import { nameOfLayout, recogniseLayout } from "./layout.ts";

/** How the votes become labels, and where the decoded images are kept. */
export interface FerPlusOptions {
  /** Labels of the training split (`majority`). */
  readonly labels?: LabelMode;
  /** Labels of validation and test; `majority`, as FERPlus evaluates, whatever it trains on. */
  readonly evaluation?: LabelMode;
  /** Which table has the votes where both are there (`label.csv`); they differ for some 1,600 images. */
  readonly votes?: "label.csv" | "fer2013new.csv";
  /** Folder of the packed images; `true` beside the data, `false` nowhere. */
  readonly cache?: CacheOption;
  /** Whether images that are links out of FERPlus's folders are read (false). */
  readonly followLinks?: boolean;
}

/**
 * FER+ in its three splits: 48 x 48 grey faces, eight expressions, ten votes per image.
 *
 * Reads fer2013.csv with fer2013new.csv, the same with FERPlus's label.csv files, or FERPlus's folders with their images.
 * Images are found by their row; a name goes to its row through fer2013new.csv, never through the number in it, which
 * lags the row by up to 85. `ids` are the names, or `row 32298` where FER+ has none. `labels` and `votes` are as
 * {@link labelOfVotes} says; `labelSource` names the table and the mode.
 *
 * label.csv in majority mode keeps 25,045 / 3,191 / 3,137 images, fer2013new.csv 25,060 / 3,199 / 3,153. Of the 3,137,
 * 244 also stand in the training split ({@link findTwins}).
 *
 * @param path the folder, or fer2013.csv
 * @throws DataError if a file is missing, a table is faulty, or a split keeps no image
 * @throws OptionError if an option is unknown or is not one of its words
 *
 * @example
 * await readFerPlus("nowhere", { labels: "majority" }); // throws DataError: data at nowhere: no such file or folder.
 */
export async function readFerPlus(path: string, options: FerPlusOptions = {}): Promise<Dataset> {
  const layout = recogniseLayout(path);
  refuseUnknown("readFerPlus", options, [...Object.keys(ferPlusOptions), "cache", "followLinks"]);
  checkWords(options);
  const place = layout.kind === "set" && layout.set.title.startsWith("FER") ? ferPlaceAt(layout.root) : undefined;
  if (place === undefined) throw new DataError(`FER+ at ${path}: expected FER+, but this is a ${nameOfLayout(layout)}.`);
  if (place.kind === "FER2013 table") throw noVotes(place.root);
  return datasetOf(await surveyFerPlus(place, options, valuesOf(ferPlusOptions, { ...options })));
}

function checkWords({ labels = "majority", evaluation = "majority", votes }: FerPlusOptions): void {
  for (const [option, mode] of Object.entries({ labels, evaluation })) {
    if (!labelModes.includes(mode)) throw invalidOption("readFerPlus", option, `one of ${labelModes.join(", ")}`, mode);
  }
  if (votes !== undefined && votes !== "label.csv" && votes !== "fer2013new.csv")
    throw invalidOption("readFerPlus", "votes", '"label.csv" or "fer2013new.csv"', votes);
}
