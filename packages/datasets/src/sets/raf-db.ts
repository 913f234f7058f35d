import { basename, join } from "node:path";
import { classesWithout, show } from "@semblant/core/internals";
import type { SplitName } from "../dataset/dataset.ts";
import { dataSet } from "../description/data-set.ts";
import { rafDbLabels } from "../labels/raf-db-labels.ts";
import type { Fault } from "../survey/fault.ts";
import { filesIn, firstPlace, readable } from "../survey/folders.ts";
import type { LabeledFile } from "../survey/labelled-file.ts";
import { surveyFiles } from "../survey/survey-files.ts";
import { readForeignText } from "../text/read-text.ts";

const listPlaces = ["list_patition_label.txt", "EmoLabel/list_patition_label.txt", "basic/EmoLabel/list_patition_label.txt"];
const imagePlaces = ["aligned", "Image/aligned", "basic/Image/aligned", "original", "Image/original", "basic/Image/original"];

const layout = "RAF-DB list";
const pictures = "faces";

/**
 * RAF-DB's basic expressions: `EmoLabel/list_patition_label.txt` (so spelled; `train_00001.jpg 5`) and
 * `Image/aligned/train_00001_aligned.jpg`,
 * 100 x 100; 12,271 and 3,068 images, the split in the names. Where only `Image/original/` is there, whole pictures are taken.
 *
 * Li et al. 2017, "Reliable crowdsourcing and deep locality-preserving learning"; codes 1 surprise, 2 fear, 3 disgust, 4 happiness,
 * 5 sadness, 6 anger, 7 neutral, places and names as in its loaders on GitHub. Nothing says who is in a picture.
 */
export const set = dataSet({
  title: "RAF-DB",
  layout,
  files: "`EmoLabel/list_patition_label.txt` with `Image/aligned/train_00001_aligned.jpg`",
  pictures,
  order: 70,
  options: {},
  find: (folder) => (firstPlace(folder, listPlaces) === undefined ? undefined : folder),
  survey(root, options) {
    const list = firstPlace(root, listPlaces) as string;
    const images = firstPlace(root, imagePlaces);
    const faults: Fault[] = [];
    if (images === undefined)
      faults.push({
        kind: "missing",
        file: "Image/aligned",
        problem: "no such folder; it holds train_00001_aligned.jpg and its like.",
        stops: true,
      });
    const files = readList(root, list, images ?? "Image/aligned", faults);
    if (images !== undefined) faults.push(...unlisted(root, list, images, files));
    const source = { where: "readDataset", layout, name: "RAF-DB", root, labelSource: basename(list) };
    return surveyFiles(
      { ...source, table: list, pictures: images?.endsWith("original") ? "heads" : "faces", classes: classesWithout("contempt"), faults },
      files,
      options,
    );
  },
});

function readList(root: string, list: string, images: string, faults: Fault[]): LabeledFile[] {
  const ending = images.endsWith("aligned") ? "_aligned.jpg" : ".jpg";
  const rowOf = new Map<string, number>();
  const lines = readForeignText(join(root, list)).split(/\r?\n/);
  return lines.flatMap((line, row): LabeledFile[] => {
    if (line.trim() === "") return [];
    const [name = "", code = "", ...more] = line.trim().split(/\s+/);
    const [, plain, word] = /^((train|test)_\d+)\.jpg$/i.exec(name) ?? [];
    if (plain === undefined || more.length > 0) {
      faults.push({
        kind: "bad row",
        file: list,
        row,
        problem: `expected a line like "train_00001.jpg 5", but got ${show(line.slice(0, 60))}.`,
        stops: true,
      });
      return [];
    }
    const split: SplitName = (word as string).toLowerCase() === "train" ? "train" : "test";
    const file = `${images}/${plain}${ending}`;
    const label = /^\d+$/.test(code) ? rafDbLabels[Number(code) - 1] : undefined;
    if (label === undefined) {
      faults.push({
        kind: "unknown label",
        file: list,
        row,
        problem: `expected a label from 1 to 7, but got ${show(code)}.`,
        stops: true,
      });
      return [];
    }
    const before = rowOf.get(plain);
    rowOf.set(plain, before ?? row);
    if (before === undefined) return [{ file, label, split, row }];
    faults.push({ kind: "duplicate name", file: list, row, problem: `${name} stands in row ${before} already.`, stops: true });
    return [];
  });
}

function unlisted(root: string, list: string, images: string, files: readonly LabeledFile[]): Fault[] {
  const listed = new Set(files.map(({ file }) => file));
  return filesIn(join(root, images))
    .map((name) => `${images}/${name}`)
    .filter((file) => readable.test(file) && !listed.has(file))
    .map((file) => ({ kind: "not listed", file, problem: `no row of ${basename(list)} names this image.`, stops: false }));
}
