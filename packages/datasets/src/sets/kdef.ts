import { classesWithout, type Expression, whoInName } from "@semblant/core";
import { surveyFiles } from "../reading/labelled-images.ts";
import { here, holdsPictures, namedPictures } from "../reading/named-pictures.ts";
import type { SetOptions, SetReader } from "../reading/set-reader.ts";

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

/**
 * KDEF: 70 people, seven expressions, five views, two series; 4,900 JPEG of 562 x 762, a folder a person and series
 * (`KDEF/AF01/AF01AFS.JPG`) or all in one. A person is the same in both series, so F01 is one subject; its five views of an expression in a series
 * are one moment.
 *
 * Lundqvist, Flykt and Öhman 1998; the codes are those of kdef.se ("About AKDEF": AF afraid … S straight).
 */
export const kdef: SetReader = {
  layout: "KDEF pictures",
  find: (folder) =>
    here(folder, /^kdef/i, (place) => holdsPictures(place, picture, /^[AB][FM]\d{2}$/i)) ??
    here(`${folder}/KDEF_and_AKDEF`, /^kdef/i, (place) => holdsPictures(place, picture, /^[AB][FM]\d{2}$/i)),
  survey(root, options) {
    const { files, faults } = namedPictures(root, {
      followLinks: options.followLinks,
      example: "AF01AFS.JPG",
      read: (name) => readName(name, options),
    });
    const source = { where: "readDataset", layout: kdef.layout, name: "KDEF", root, labelSource: "file names" };
    return surveyFiles(
      { ...source, pictures: "heads", peopleBy: "KDEF file names", classes: classesWithout("contempt"), faults },
      files,
      options,
    );
  },
};

function readName(name: string, { views = "frontal" }: SetOptions) {
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
