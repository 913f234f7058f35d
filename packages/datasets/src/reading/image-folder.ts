import { statSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { DataError } from "@semblant/core";
import { expressionNamed, isPersonFolder, refuseUnknown } from "@semblant/core/internals";
import type { Dataset, SplitName } from "../dataset/dataset.ts";
import { splitNamed } from "../dataset/split-names.ts";
import { leadsOut, linkOut } from "../images/links.ts";
import type { Fault } from "../survey/fault.ts";
import { filesBelow, foldersIn, readable, unreadable } from "../survey/folders.ts";
import { type ImageOptions, imageOptionNames } from "../survey/image-options.ts";
import type { LabeledFile } from "../survey/labelled-file.ts";
import { datasetOf, type Survey } from "../survey/survey.ts";
import { surveyFiles } from "../survey/survey-files.ts";
import { type FoundTable, whyNotRead } from "../tables/find-tables.ts";

/**
 * Images in a folder for each class: `root/happy/a.png`, or `root/train/happy/a.png` with the splits' folders named train,
 * validation (or val, valid) and test. Folders in a class's folder belong to it; folders for people may hold those of
 * expressions (`root/S010/happy/a.png`). Where names say who is in a picture ({@link whoInName}), splits are drawn by
 * person. Hidden files and other files are passed
 * over. Links within the root are followed; those out of it only with `followLinks`, else each is a fault.
 *
 * If all names are expressions ({@link expressionNamed}: "happy", "Sad" …), classes are those in the project's order, else
 * the names sorted. Without split folders a seeded tenth each goes to validation and test. An image that cannot be
 * decoded is dropped and counted. `ids` are paths relative to the root.
 *
 * @throws DataError if no image is found, a split keeps none, or only one class is there
 * @throws OptionError if an option is unknown or out of its range
 *
 * @example
 * await readImageFolder("nowhere"); // throws DataError: image folder at nowhere: no such folder.
 */
export async function readImageFolder(root: string, options: ImageOptions = {}): Promise<Dataset> {
  return datasetOf(await surveyImageFolder(root, options));
}

/**
 * What {@link readImageFolder} reads, with everything that is wrong.
 *
 * @param strange tables beside the folders that cannot be read, which are faults
 */
export async function surveyImageFolder(root: string, options: ImageOptions = {}, strange: readonly FoundTable[] = []): Promise<Survey> {
  refuseUnknown("readImageFolder", options, imageOptionNames);
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true) throw new DataError(`image folder at ${root}: no such folder.`);
  const files: LabeledFile[] = [];
  const faults: Fault[] = strange.map((table) => ({
    kind: "not read",
    file: relative(root, table.path),
    problem: whyNotRead(table),
    stops: false,
  }));
  const { followLinks = false } = options;
  const isOut = (path: string) => !followLinks && leadsOut(root, path);
  const outside = (file: string): Fault => ({ kind: "outside the folder", file, problem: linkOut, stops: false });
  for (const { folder, split } of splitFolders(root)) {
    for (const { place, label } of classFolders(root, folder)) {
      if (isOut(place)) faults.push(outside(place));
      else
        for (const file of filesBelow(root, place, { followLinks })) {
          if (readable.test(file)) files.push({ file, label, split });
          else if (isOut(file)) faults.push(outside(file));
          else if (unreadable.test(file))
            faults.push({ kind: "unreadable", file, problem: "this format is not read; turn it into PNG or JPEG.", stops: false });
        }
    }
    if (split !== undefined && !files.some((file) => file.split === split)) {
      throw new DataError(`image folder at ${root}: expected images in ${folder}/<class>/, but there are none.`);
    }
  }
  if (files.length === 0) {
    throw new DataError(`image folder at ${root}: expected images in <class>/ or train/<class>/, but there are none.`);
  }
  const name = basename(resolve(root));
  const source = { where: "readImageFolder", layout: "image folder", name: `folder ${name}/`, root, labelSource: "folder names", faults };
  return surveyFiles({ ...source, pictures: "heads" }, files, options);
}

/** Folders of classes in a folder; where all in it are called as people are, those in the people's folders (`S010/happy`). */
function classFolders(root: string, folder: string): { place: string; label: string }[] {
  const below = (place: string) =>
    foldersIn(join(root, place)).map((label) => ({ label, place: place === "" ? label : `${place}/${label}` }));
  const classes = below(folder);
  if (classes.length === 0 || !classes.every(({ label }) => isPersonFolder(label))) return classes;
  const inner = classes.flatMap(({ place }) => below(place));
  return inner.length > 0 && inner.every(({ label }) => expressionNamed(label) !== undefined) ? inner : classes;
}

/** The folders of the splits; the root itself where there are none. */
function splitFolders(root: string): { folder: string; split: SplitName | undefined }[] {
  const folders = foldersIn(root);
  const splits = folders.map((folder) => ({ folder, split: splitNamed(folder) }));
  if (splits.every(({ split }) => split === undefined)) return [{ folder: "", split: undefined }];
  const stray = splits.find(({ split }) => split === undefined);
  if (stray) {
    throw new DataError(
      `image folder at ${root}: expected folders of splits or of classes, but got both: ${folders.join(", ")}.\n ` +
        ` Splits are named train, validation and test.`,
    );
  }
  return splits;
}
