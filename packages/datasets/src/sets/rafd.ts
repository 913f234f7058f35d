import { type Expression, expressions } from "@semblant/core";
import { whoInName } from "@semblant/core/internals";
import { dataSet } from "../description/data-set.ts";
import { choiceOf } from "../description/set-option.ts";
import { here, holdsPictures, namedPictures } from "../survey/named-pictures.ts";
import { surveyFiles } from "../survey/survey-files.ts";

/** `Rafd090_01_Caucasian_female_angry_frontal.jpg`: camera, number of the person, people and sex, expression, gaze. */
const form = /^Rafd(000|045|090|135|180)_\d+_[A-Z]+_(?:fe)?male_([a-z]+)_(?:frontal|left|right)$/i;
const picture = /^Rafd\d{3}_\d+_.*_(frontal|left|right)\.(jpe?g|png)$/i;

const expressionOf: Readonly<Record<string, Expression>> = {
  angry: "anger",
  contemptuous: "contempt",
  disgusted: "disgust",
  fearful: "fear",
  happy: "happiness",
  neutral: "neutral",
  sad: "sadness",
  surprised: "surprise",
};

const layout = "RaFD pictures";
const pictures = "heads";

/**
 * RaFD, the Radboud Faces Database: 67 people, eight expressions, three gazes, five cameras; 8,040 JPEG of 681 x 1024, all in one folder.
 * Cameras stand from one side (000) over the front (090) to the other (180), and take a moment together: it is one sequence.
 * A person is known by the number, which is the same in every picture.
 *
 * Langner et al. 2010, "Presentation and validation of the Radboud Faces Database"; names as its own page says (rafd.socsci.ru.nl, FAQ),
 * with `Kid` in place of the people in pictures of children.
 */
export const set = dataSet({
  title: "RaFD",
  layout,
  files: "`Rafd090_01_Caucasian_female_angry_frontal.jpg`, all in one folder",
  pictures,
  order: 120,
  options: {
    cameras: choiceOf(["frontal", "all"], { default: "frontal", text: "Pictures of the camera in front, or of all five." }),
  },
  find: (folder) => here(folder, /^(rafd|radboud)/i, (place) => holdsPictures(place, picture)),
  survey(root, options, { cameras }) {
    const { files, faults } = namedPictures(root, {
      followLinks: options.followLinks,
      example: "Rafd090_01_Caucasian_female_angry_frontal.jpg",
      read: (name) => readName(name, cameras),
    });
    const source = { where: "readDataset", layout, name: "RaFD", root, labelSource: "file names" };
    return surveyFiles({ ...source, pictures, peopleBy: "RaFD file names", classes: expressions, faults }, files, options);
  },
});

function readName(name: string, cameras: "frontal" | "all") {
  const [, camera, word] = form.exec(name) ?? [];
  const { subject, sequence } = (camera === undefined ? undefined : whoInName(name)) ?? {};
  const label = expressionOf[word?.toLowerCase() ?? ""];
  if (label === undefined || subject === undefined || sequence === undefined) return undefined;
  const turned = cameras === "frontal" && camera !== "090";
  return { label, subject, sequence, ...(turned && { dropped: "not a frontal view" }) };
}
