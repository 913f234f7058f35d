import { expressions } from "@semblant/core";
import type { CacheOption } from "../images/image-cache.ts";
import type { Survey, SurveyRow } from "../survey/survey.ts";
import type { FerPlace } from "./fer-place.ts";
import { readFer2013Pixels } from "./fer2013-pixels.ts";

/** Our class of FER2013's labels 0 to 6: anger, disgust, fear, happiness, sadness, surprise, neutral. */
const classOfEmotion = [4, 5, 6, 1, 3, 2, 0];

/** FER2013 by its own labels, with everything that is wrong. */
export async function surveyFer2013(place: Extract<FerPlace, { readonly pixels: string }>, cache: CacheOption = true): Promise<Survey> {
  const { images, emotions, splits, faults } = await readFer2013Pixels(place.pixels, cache);
  const rows = splits.map((split, row): SurveyRow => {
    const emotion = emotions[row] as number;
    if (emotion < 0) return { split, id: `row ${row}`, image: row, label: -1, dropped: "the row is faulty" };
    return { split, id: `row ${row}`, image: row, label: classOfEmotion[emotion] as number };
  });
  return {
    layout: "FER2013 table",
    name: "FER2013",
    root: place.root,
    labelSource: "fer2013.csv emotion",
    classes: expressions.slice(0, 7),
    hasVotes: false,
    images,
    rows,
    faults,
  };
}
