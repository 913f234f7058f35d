import { DataError, expressions, refuseUnknown } from "@semblant/core";
import type { CacheOption } from "../images/image-cache.ts";
import type { Dataset } from "./dataset.ts";
import { readFer2013Pixels } from "./fer2013-pixels.ts";
import { type Layout, recogniseLayout } from "./layout.ts";
import { datasetOf, type Survey, type SurveyRow } from "./survey.ts";

/** Where the decoded images are kept. */
export interface Fer2013Options {
  /** Folder of the packed images; `true` beside the data, `false` nowhere. */
  readonly cache?: CacheOption;
}

/** Our class of FER2013's labels 0 to 6: anger, disgust, fear, happiness, sadness, surprise, neutral. */
const classOfEmotion = [4, 5, 6, 1, 3, 2, 0];

/**
 * FER2013 with its own labels, one an image: 28,709 / 3,589 / 3,589 grey faces of 48 x 48 (Training, PublicTest,
 * PrivateTest). The seven classes are the first seven of {@link expressions}, so class indices mean what they do in FER+.
 *
 * @param path fer2013.csv (or icml_face_data.csv), or its folder
 * @throws DataError if the file is missing or has a faulty row
 *
 * @example
 * await readFer2013("nowhere"); // throws DataError: data at nowhere: no such file or folder.
 */
export async function readFer2013(path: string, options: Fer2013Options = {}): Promise<Dataset> {
  return datasetOf(await surveyFer2013(recogniseLayout(path), path, options));
}

/** What {@link readFer2013} reads, with everything that is wrong. */
export async function surveyFer2013(layout: Layout, path: string, options: Fer2013Options = {}): Promise<Survey> {
  refuseUnknown("readFer2013", options, ["cache"]);
  if (layout.kind !== "FER2013 table" && layout.kind !== "FER+ table") {
    throw new DataError(`FER2013 at ${path}: no file fer2013.csv.\n  It has the columns emotion,pixels,Usage and 35,887 rows.`);
  }
  const { images, emotions, splits, faults } = await readFer2013Pixels(layout.pixels, options.cache ?? true);
  const rows = splits.map((split, row): SurveyRow => {
    const emotion = emotions[row] as number;
    if (emotion < 0) return { split, id: `row ${row}`, image: row, label: -1, dropped: "the row is faulty" };
    return { split, id: `row ${row}`, image: row, label: classOfEmotion[emotion] as number };
  });
  return {
    layout: "FER2013 table",
    name: "FER2013",
    root: layout.root,
    labelSource: "fer2013.csv emotion",
    classes: expressions.slice(0, 7),
    hasVotes: false,
    images,
    rows,
    faults,
  };
}
