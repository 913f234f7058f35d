import { join } from "node:path";
import { expressions } from "@semblant/core";
import { classesWithout, expressionNamed, whoInName } from "@semblant/core/internals";
import { dataSet } from "../description/data-set.ts";
import { filesIn, foldersIn } from "../survey/folders.ts";
import { here, namedPictures } from "../survey/named-pictures.ts";
import { surveyFiles } from "../survey/survey-files.ts";

/** `S010_004_00000017.png`: the person, the sequence, the frame. */
const form = /^S\d{3}_\d{3}_\d{8}$/i;

const layout = "CK+48 folders";
const pictures = "heads";

/**
 * CK+ in class folders, such as CK+48, as Kaggle has it: 981 frames of 48 x 48, the last three of each labelled sequence of CK+, a folder
 * an expression (`CK+48/happy/S010_006_00000015.png`), no neutral ones. Copies of eight folders have first frames as neutral ones, as in
 * the paper. The frames of a sequence are nearly one picture, and a person has several sequences: splits are drawn person by person.
 *
 * Names as in notebooks on GitHub that read it (`CK+48/anger/S010_004_00000017.png`; 135 anger, 54 contempt, 177 disgust, 75 fear,
 * 207 happy, 84 sadness, 249 surprise).
 */
export const set = dataSet({
  title: "CK+",
  layout,
  files: "`CK+48/happy/S010_006_00000015.png`, a folder per expression",
  pictures,
  order: 50,
  options: {},
  find: (folder) => here(folder, /^ck/i, holdsFrames),
  survey(root, options) {
    const folders = foldersIn(root);
    const { files, faults } = namedPictures(root, {
      followLinks: options.followLinks,
      example: "S010_004_00000017.png",
      read: (name) => {
        const { subject, sequence } = (form.test(name) ? whoInName(name) : undefined) ?? {};
        return subject === undefined || sequence === undefined ? undefined : { label: undefined, subject, sequence };
      },
    });
    const labeled = files.map((file) => {
      const folder = folders.find((name) => file.file.startsWith(`${name}/`));
      return { ...file, label: folder === undefined ? undefined : (expressionNamed(folder) ?? folder) };
    });
    const neutral = folders.some((folder) => expressionNamed(folder) === "neutral");
    const source = { where: "readDataset", layout, name: neutral ? "CK+" : "CK+48", root, labelSource: "folder names" };
    const classes = neutral ? expressions : classesWithout("neutral");
    return surveyFiles({ ...source, pictures, peopleBy: "CK+ file names", classes, faults }, labeled, options);
  },
});

/** Whether every folder is an expression's and the first file of one is a frame. */
function holdsFrames(root: string): boolean {
  const folders = foldersIn(root);
  if (folders.length < 2 || !folders.every((folder) => expressionNamed(folder) !== undefined)) return false;
  return folders.slice(0, 3).some((folder) => filesIn(join(root, folder)).some((file) => form.test(file.replace(/\.[^.]+$/, ""))));
}
