import { DataError } from "@semblant/core";
import { refuseUnknown } from "@semblant/core/internals";
import type { Dataset } from "../dataset/dataset.ts";
import { ferPlaceAt } from "../fer/fer-place.ts";
import { surveyFer2013 } from "../fer/survey-fer2013.ts";
import type { CacheOption } from "../images/image-cache.ts";
import { datasetOf } from "../survey/survey.ts";
import { recogniseLayout } from "./layout.ts";

/** Where the decoded images are kept. */
export interface Fer2013Options {
  /** Folder of the packed images; `true` beside the data, `false` nowhere. */
  readonly cache?: CacheOption;
}

/**
 * FER2013 with its own labels, one per image: 28,709 / 3,589 / 3,589 grey faces of 48 x 48 (Training, PublicTest,
 * PrivateTest). The seven classes are the first seven of {@link expressions}, so class indices mean what they do in FER+.
 *
 * @param path fer2013.csv (or icml_face_data.csv), or its folder
 * @throws DataError if the file is missing or has a faulty row
 *
 * @example
 * await readFer2013("nowhere"); // throws DataError: data at nowhere: no such file or folder.
 */
export async function readFer2013(path: string, options: Fer2013Options = {}): Promise<Dataset> {
  const layout = recogniseLayout(path);
  refuseUnknown("readFer2013", options, ["cache"]);
  const place = layout.kind === "set" && layout.set.title.startsWith("FER") ? ferPlaceAt(layout.root) : undefined;
  if (place === undefined || place.kind === "FER+ folders") {
    throw new DataError(`FER2013 at ${path}: no file fer2013.csv.\n  It has the columns emotion,pixels,Usage and 35,887 rows.`);
  }
  return datasetOf(await surveyFer2013(place, options.cache));
}
