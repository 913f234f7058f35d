import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expressions } from "@semblant/core";
import { dataSet } from "../description/data-set.ts";
import { readFer2013Pixels } from "../fer/fer2013-pixels.ts";
import type { SurveyRow } from "../survey/survey.ts";

/** Our class of its labels 0 to 7: FER2013's seven, and contempt. */
const classOfEmotion = [4, 5, 6, 1, 3, 2, 0, 7];
const table = "ckextended.csv";

const layout = "CK+ table";
const pictures = "faces";

/**
 * CK+ as one table, `ckextended.csv` (emotion,pixels,Usage), as Kaggle has it: 920 rows of 48 x 48 in FER2013's form, with the label 7
 * for contempt beside FER2013's seven. It says nothing of people: the three splits are its own, and may share them.
 *
 * The labels are as readers on GitHub have them: 0 Angry, 1 Disgust, 2 Fear, 3 Happy, 4 Sad, 5 Surprise, 6 Neutral, 7 Contempt.
 */
export const set = dataSet({
  title: "CK+",
  layout,
  files: "`ckextended.csv` (emotion,pixels,Usage)",
  pictures,
  order: 30,
  options: {},
  find: (path) => [path, join(path, table)].find((place) => basename(place) === table && existsSync(place)),
  async survey(path, { cache = true }) {
    const { images, emotions, splits, faults } = await readFer2013Pixels(path, cache, { labels: 8 });
    const rows = splits.map((split, row): SurveyRow => {
      const emotion = emotions[row] as number;
      if (emotion < 0) return { split, id: `row ${row}`, image: row, label: -1, dropped: "the row is faulty" };
      return { split, id: `row ${row}`, image: row, label: classOfEmotion[emotion] as number };
    });
    const of = { layout, name: "CK+", root: dirname(path), labelSource: `${table} emotion`, classes: expressions };
    return { ...of, hasVotes: false, images, rows, faults };
  },
});
