import { existsSync } from "node:fs";
import { join } from "node:path";
import { classesWithout } from "@semblant/core/internals";
import { dataSet } from "../description/data-set.ts";
import { rafDbLabels } from "../labels/raf-db-labels.ts";
import type { Fault } from "../survey/fault.ts";
import { filesIn, foldersIn, readable } from "../survey/folders.ts";
import type { LabeledFile } from "../survey/labelled-file.ts";
import { surveyFiles } from "../survey/survey-files.ts";

const layout = "RAF-DB folders";
const pictures = "faces";

/**
 * RAF-DB as Kaggle has it: `DATASET/train/1/train_00001_aligned.jpg` and `DATASET/test/…`, a folder for each code. (`train_labels.csv` and
 * `test_labels.csv` beside them say the same and are not read.)
 */
export const set = dataSet({
  title: "RAF-DB",
  layout,
  files: "`DATASET/train/1/train_00001_aligned.jpg` and `DATASET/test/`, a folder per code",
  pictures,
  order: 80,
  options: {},
  find: (folder) =>
    [folder, join(folder, "DATASET")].find((place) => {
      const first = foldersIn(join(place, "train"))[0];
      return first === "1" && filesIn(join(place, "train", first)).some((file) => /^train_\d+_aligned\.jpg$/i.test(file));
    }),
  survey(root, options) {
    const faults: Fault[] = [];
    const files = (["train", "test"] as const).flatMap((split): LabeledFile[] => {
      if (!existsSync(join(root, split)))
        faults.push({ kind: "missing", file: split, problem: `no such folder, so that ${split} is empty.`, stops: false });
      return foldersIn(join(root, split)).flatMap((code) => {
        const label = rafDbLabels[Number(code) - 1];
        if (label === undefined)
          faults.push({ kind: "unknown label", file: `${split}/${code}`, problem: "expected a folder from 1 to 7.", stops: true });
        const names = filesIn(join(root, split, code)).filter((name) => readable.test(name));
        return label === undefined ? [] : names.map((name) => ({ file: `${split}/${code}/${name}`, label, split }));
      });
    });
    const source = { where: "readDataset", layout, name: "RAF-DB", root, labelSource: "folder names" };
    return surveyFiles({ ...source, pictures, classes: classesWithout("contempt"), faults }, files, options);
  },
});
