import type { Expression } from "@semblant/core";
import { classesWithout } from "@semblant/core/internals";
import { dataSet } from "../description/data-set.ts";
import { here, holdsPictures, namedPictures } from "../survey/named-pictures.ts";
import { surveyFiles } from "../survey/survey-files.ts";

/** `KA.AN1.39.tiff`: the model, the expression she was asked to pose and which time, the picture's number. */
const form = /^([A-Z]{2})\.(AN|DI|FE|HA|NE|SA|SU)\d\.\d+$/i;
const picture = /^[A-Z]{2}\.(AN|DI|FE|HA|NE|SA|SU)\d\.\d+\.(tiff?|png|jpe?g|bmp)$/i;

const expressionOf: Readonly<Record<string, Expression>> = {
  AN: "anger",
  DI: "disgust",
  FE: "fear",
  HA: "happiness",
  NE: "neutral",
  SA: "sadness",
  SU: "surprise",
};

const layout = "JAFFE pictures";
const pictures = "heads";

/**
 * JAFFE: 213 pictures of ten Japanese women, 256 x 256 grey TIFF, flat in a folder (`jaffedbase` or `jaffe`), seven classes.
 *
 * Lyons et al. 1998, "Coding facial expressions with Gabor wavelets", and the README of the distribution (kasrl.org/jaffe.html). The
 * labels are the posed expressions in the names; the adjective ratings of the README are not read.
 */
export const set = dataSet({
  title: "JAFFE",
  layout,
  files: "`KA.AN1.39.tiff`, all in one folder",
  pictures,
  order: 90,
  options: {},
  find: (folder) => here(folder, /jaffe/i, (place) => holdsPictures(place, picture)),
  survey(root, options) {
    const { files, faults } = namedPictures(root, {
      followLinks: options.followLinks,
      example: "KA.AN1.39.tiff",
      read: (name) => {
        const [, subject, code] = form.exec(name) ?? [];
        return subject === undefined ? undefined : { label: expressionOf[(code as string).toUpperCase()], subject: subject.toUpperCase() };
      },
    });
    const source = { where: "readDataset", layout, name: "JAFFE", root, labelSource: "file names" };
    return surveyFiles({ ...source, pictures, peopleBy: "JAFFE file names", classes: classesWithout("contempt"), faults }, files, options);
  },
});
