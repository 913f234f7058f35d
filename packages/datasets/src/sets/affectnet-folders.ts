import { existsSync } from "node:fs";
import { join } from "node:path";
import { DataError, expressions } from "@semblant/core";
import type { SplitName } from "../dataset/dataset.ts";
import { dataSet } from "../description/data-set.ts";
import { affectNetLabel } from "../labels/affectnet-labels.ts";
import type { Fault } from "../survey/fault.ts";
import { filesIn, readable } from "../survey/folders.ts";
import type { LabeledFile } from "../survey/labelled-file.ts";
import { surveyFiles } from "../survey/survey-files.ts";
import { readNpyScalar } from "../text/npy-scalar.ts";

const parts: readonly (readonly [folder: string, split: SplitName])[] = [
  ["train_set", "train"],
  ["val_set", "validation"],
];

const layout = "AffectNet folders";
const pictures = "faces";

/**
 * AffectNet as it has been sent out since 2021: `train_set` and `val_set`, each with `images/12.jpg` (224 x 224, cut to the face) and
 * `annotations/12_exp.npy` (also `_val`, `_aro`, `_lnd`, which are not read); 287,651 and 4,000 images in eight classes, 283,901
 * and 3,500 without contempt.
 *
 * Names and counts as in loaders on GitHub that walk `annotations/*_exp.npy` (`7class: 283901, 8class: 287651`); a label is one number
 * or text in an NPY file.
 */
export const set = dataSet({
  title: "AffectNet",
  layout,
  files: "`train_set/images/12.jpg` with `train_set/annotations/12_exp.npy`, and so for `val_set`",
  pictures,
  order: 20,
  options: {},
  find: (folder) =>
    [folder, join(folder, "AffectNet")].find((place) =>
      parts.some(([part]) => existsSync(join(place, part, "images")) && existsSync(join(place, part, "annotations"))),
    ),
  survey(root, options) {
    const faults: Fault[] = [];
    const files = parts.flatMap(([folder, split]) => {
      if (existsSync(join(root, folder))) return readPart(root, folder, split, faults);
      faults.push({ kind: "missing", file: folder, problem: `no such folder, so that ${split} is empty.`, stops: false });
      return [];
    });
    const source = { where: "readDataset", layout, name: "AffectNet", root, labelSource: "annotations/*_exp.npy" };
    return surveyFiles({ ...source, pictures, classes: expressions, faults }, files, options);
  },
});

function readPart(root: string, folder: string, split: SplitName, faults: Fault[]): LabeledFile[] {
  const annotations = `${folder}/annotations`;
  const left = new Set(filesIn(join(root, annotations)).filter((file) => file.endsWith("_exp.npy")));
  const images = filesIn(join(root, folder, "images")).filter((file) => readable.test(file));
  const taken = new Map<string, string>();
  const files = images.sort(byNumber).map((name): LabeledFile => {
    const file = `${folder}/images/${name}`;
    const plain = name.replace(/\.[^.]+$/, "");
    const annotation = `${plain}_exp.npy`;
    const row = { file, split, label: undefined };
    const other = taken.get(plain);
    if (other !== undefined) {
      faults.push({ kind: "duplicate name", file, problem: `${other} has the same name.`, stops: false });
      return { ...row, dropped: "another picture has the same name" };
    }
    taken.set(plain, file);
    if (!left.delete(annotation)) {
      faults.push({
        kind: "not listed",
        file,
        problem: `expected its label ${annotations}/${annotation}, but it is not there.`,
        stops: false,
      });
      return { ...row, dropped: "the image has no label" };
    }
    return { ...row, ...labelIn(root, `${annotations}/${annotation}`, faults) };
  });
  for (const annotation of [...left].sort(byNumber)) {
    const expected = `${folder}/images/${annotation.replace("_exp.npy", ".jpg")}`;
    faults.push({
      kind: "missing",
      file: `${annotations}/${annotation}`,
      problem: `expected its image ${expected}, but it is not there.`,
      stops: false,
    });
    files.push({ file: expected, split, label: undefined, dropped: "the image is missing" });
  }
  return files;
}

function labelIn(root: string, file: string, faults: Fault[]): Pick<LabeledFile, "label" | "dropped"> {
  try {
    const said = affectNetLabel(readNpyScalar(join(root, file)));
    if (!("problem" in said)) return { label: undefined, ...said };
    faults.push({ kind: "unknown label", file, problem: said.problem, stops: false });
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    faults.push({ kind: "bad row", file, problem: error.message, stops: false });
  }
  return { label: undefined, dropped: "the label is unknown" };
}

/** 2.jpg before 10.jpg. */
function byNumber(a: string, b: string): number {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1);
}
