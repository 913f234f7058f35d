import { join } from "node:path";
import { dataSet } from "../description/data-set.ts";
import { filesIn, foldersIn, readable } from "../survey/folders.ts";
import { here, namedPictures } from "../survey/named-pictures.ts";
import { surveyFiles } from "../survey/survey-files.ts";

/** `George_W_Bush_0001.jpg`: the person, and the picture's number. */
const form = /^(.+)_\d{4}$/;

const layout = "LFW folders";
const pictures = "heads";

/**
 * LFW and sets laid out like it: a folder per person (`lfw/George_W_Bush/George_W_Bush_0001.jpg`), no expressions. The set is
 * unlabelled: for embedding and retrieval, with people as subjects; all of it is test.
 *
 * Huang et al. 2007, "Labeled faces in the wild"; 13,233 JPEG of 250 x 250, 5,749 people.
 */
export const set = dataSet({
  title: "LFW",
  layout,
  files: "`lfw/George_W_Bush/George_W_Bush_0001.jpg`, a folder per person",
  pictures,
  order: 190,
  options: {},
  find: (folder) => here(folder, /^lfw/i, holdsPeople),
  survey(root, options) {
    const { files, faults } = namedPictures(root, {
      followLinks: options.followLinks,
      example: "Firstname_Lastname_0001.jpg",
      read: (name) => {
        const [, subject] = form.exec(name) ?? [];
        return subject === undefined ? undefined : { label: undefined, subject };
      },
    });
    const source = { where: "readDataset", layout, name: "LFW", root, labelSource: "no labels", classes: [] };
    return surveyFiles({ ...source, pictures, peopleBy: "LFW file names", faults }, files, options);
  },
});

/** Whether each of the first folders has a picture that is named for it. */
function holdsPeople(root: string): boolean {
  const people = foldersIn(root).slice(0, 5);
  return (
    people.length > 0 &&
    people.every((person) => {
      const images = filesIn(join(root, person)).filter((file) => readable.test(file));
      return images.length > 0 && images.every((file) => file.startsWith(`${person}_`) && form.test(file.replace(/\.[^.]+$/, "")));
    })
  );
}
