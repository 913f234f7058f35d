import { basename, resolve } from "node:path";
import { leadsOut, linkOut } from "../images/links.ts";
import type { Fault } from "../survey/fault.ts";
import { filesIn, readable, unreadable } from "../survey/folders.ts";
import type { ImageOptions } from "../survey/image-options.ts";
import type { LabeledFile } from "../survey/labelled-file.ts";
import type { Survey } from "../survey/survey.ts";
import { surveyFiles } from "../survey/survey-files.ts";

/** Whether pictures lie in a folder itself. */
export function holdsLoosePictures(root: string): boolean {
  return filesIn(root).some((name) => readable.test(name));
}

/**
 * The pictures in a folder, with nothing that says what they show: a set without labels, all of it test, to be embedded,
 * mapped, clustered and
 * searched. Other files are passed over; links out of the folder are faults unless they are followed.
 */
export async function surveyFlatFolder(root: string, options: ImageOptions): Promise<Survey> {
  const { followLinks = false } = options;
  const files: LabeledFile[] = [];
  const faults: Fault[] = [];
  for (const file of filesIn(root)) {
    if (readable.test(file)) files.push({ file, label: undefined, split: undefined });
    else if (!followLinks && leadsOut(root, file)) faults.push({ kind: "outside the folder", file, problem: linkOut, stops: false });
    else if (unreadable.test(file))
      faults.push({ kind: "unreadable", file, problem: "this format is not read; turn it into PNG or JPEG.", stops: false });
  }
  const name = `folder ${basename(resolve(root))}/`;
  const source = { where: "readDataset", layout: "folder of pictures", name, root, labelSource: "no labels", classes: [], faults };
  return surveyFiles({ ...source, pictures: "heads" }, files, options);
}
