import type { Expression } from "@semblant/core";
import { classesWithout, whoInName } from "@semblant/core/internals";
import { dataSet } from "../description/data-set.ts";
import { choiceOf } from "../description/set-option.ts";
import { here, holdsPictures, namedPictures } from "../survey/named-pictures.ts";
import { surveyFiles } from "../survey/survey-files.ts";

/** `AF01AFS.JPG`: series A or B, sex, number of the person, expression, view (full and half left, straight, half and full right). */
const form = /^[AB][FM]\d{2}(AF|AN|DI|HA|NE|SA|SU)(FL|HL|S|HR|FR)$/i;
const picture = /^[AB][FM]\d{2}(AF|AN|DI|HA|NE|SA|SU)(FL|HL|S|HR|FR)\.(jpe?g|png)$/i;

const expressionOf: Readonly<Record<string, Expression>> = {
  AF: "fear",
  AN: "anger",
  DI: "disgust",
  HA: "happiness",
  NE: "neutral",
  SA: "sadness",
  SU: "surprise",
};

const layout = "KDEF pictures";
const pictures = "heads";

/**
 * KDEF: 70 people, seven expressions, five views, two series; 4,900 JPEG of 562 x 762, a folder per person and series
 * (`KDEF/AF01/AF01AFS.JPG`) or all in one. A person is the same in both series, so F01 is one subject; its five views of
 * an expression in a series
 * are one moment.
 *
 * Lundqvist, Flykt and Öhman 1998; the codes are those of kdef.se ("About AKDEF": AF afraid … S straight).
 */
export const set = dataSet({
  title: "KDEF",
  layout,
  files: "`KDEF/AF01/AF01AFS.JPG`, a folder per person and series, or all in one",
  pictures,
  order: 110,
  options: {
    views: choiceOf(["frontal", "all"], { default: "frontal", text: "Pictures from the front, or from all five sides." }),
  },
  find: (folder) =>
    here(folder, /^kdef/i, (place) => holdsPictures(place, picture, /^[AB][FM]\d{2}$/i)) ??
    here(`${folder}/KDEF_and_AKDEF`, /^kdef/i, (place) => holdsPictures(place, picture, /^[AB][FM]\d{2}$/i)),
  survey(root, options, { views }) {
    const { files, faults } = namedPictures(root, {
      followLinks: options.followLinks,
      example: "AF01AFS.JPG",
      read: (name) => readName(name, views),
    });
    const source = { where: "readDataset", layout, name: "KDEF", root, labelSource: "file names" };
    return surveyFiles({ ...source, pictures, peopleBy: "KDEF file names", classes: classesWithout("contempt"), faults }, files, options);
  },
});

function readName(name: string, views: "frontal" | "all") {
  const [, code, view] = form.exec(name) ?? [];
  const { subject, sequence } = (code === undefined ? undefined : whoInName(name)) ?? {};
  if (subject === undefined || sequence === undefined) return undefined;
  const turned = views === "frontal" && (view as string).toUpperCase() !== "S";
  return {
    label: expressionOf[(code as string).toUpperCase()],
    subject,
    sequence,
    ...(turned && { dropped: "not a frontal view" }),
  };
}
