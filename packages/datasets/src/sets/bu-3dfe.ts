import type { Expression } from "@semblant/core";
import { classesWithout, whoInName } from "@semblant/core/internals";
import { dataSet } from "../description/data-set.ts";
import { choiceOf } from "../description/set-option.ts";
import { here, holdsPictures, namedPictures } from "../survey/named-pictures.ts";
import { surveyFiles } from "../survey/survey-files.ts";

/** `F0001_AN01WH_F2D.bmp`: sex and number of the person, expression, its intensity 01 to 04 (00 for neutral), ancestry. */
const form = /^([FM]\d{4})_(AN|DI|FE|HA|NE|SA|SU)0([0-4])[A-Z]{2}_F2D$/i;
const picture = /^[FM]\d{4}_(AN|DI|FE|HA|NE|SA|SU)0[0-4][A-Z]{2}_F2D\.(bmp|png|jpe?g)$/i;
/** Renderings and textures of the 3D scans that lie beside the pictures. */
const others = /_F3D.*\.(bmp|png|jpe?g)$/i;

const expressionOf: Readonly<Record<string, Expression>> = {
  AN: "anger",
  DI: "disgust",
  FE: "fear",
  HA: "happiness",
  NE: "neutral",
  SA: "sadness",
  SU: "surprise",
};

const layout = "BU-3DFE pictures";
const pictures = "heads";

/**
 * BU-3DFE's 2D pictures: 100 people (F0001 to F0056, M0001 to M0044), one neutral face and six expressions at four intensities
 * each, 2,500 BMP in all, a folder per person; seven classes. Only the `F2D` pictures are read.
 *
 * Yin et al. 2006, "A 3D facial expression database for facial behavior research"; names as in loaders on GitHub (`F0001_AN01WH_F2D.bmp`,
 * neutral `F0001_NE00WH_F2D`). The paper's 580 of the 2,500 are not known.
 */
export const set = dataSet({
  title: "BU-3DFE",
  layout,
  files: "`F0001/F0001_AN01WH_F2D.bmp`, a folder per person",
  pictures,
  order: 100,
  options: {
    intensity: choiceOf([1, 2, 3, 4], { default: 1, text: "The least intensity of an expression; neutral faces have none and stay." }),
  },
  find: (folder) => here(folder, /^bu|^subjects$/i, (place) => holdsPictures(place, picture, /^[FM]\d{4}$/i)),
  survey(root, options, { intensity }) {
    const { files, faults } = namedPictures(root, {
      followLinks: options.followLinks,
      example: "F0001_AN01WH_F2D.bmp",
      read: (name) => readName(name, intensity),
      passes: others,
    });
    const source = { where: "readDataset", layout, name: "BU-3DFE", root, labelSource: "file names" };
    return surveyFiles(
      { ...source, pictures, peopleBy: "BU-3DFE file names", classes: classesWithout("contempt"), faults },
      files,
      options,
    );
  },
});

function readName(name: string, intensity: number) {
  const [, subject, code, level] = form.exec(name) ?? [];
  if (subject === undefined) return undefined;
  const label = expressionOf[(code as string).toUpperCase()];
  const { sequence: performance } = whoInName(name) ?? {};
  const sequence = performance === undefined ? {} : { sequence: performance };
  const faint = label !== "neutral" && Number(level) < intensity;
  return { label, subject: subject.toUpperCase(), ...sequence, ...(faint && { dropped: `of an intensity below ${intensity}` }) };
}
