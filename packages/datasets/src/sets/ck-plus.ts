import { join } from "node:path";
import { type Expression, expressions } from "@semblant/core";
import { classesWithout, show } from "@semblant/core/internals";
import { dataSet } from "../description/data-set.ts";
import { choiceOf } from "../description/set-option.ts";
import { faceOfLandmarks } from "../images/landmark-box.ts";
import type { Region } from "../images/region.ts";
import type { Fault } from "../survey/fault.ts";
import { filesIn, firstPlace, foldersIn, readable } from "../survey/folders.ts";
import type { LabeledFile } from "../survey/labelled-file.ts";
import { surveyFiles } from "../survey/survey-files.ts";
import { readForeignText } from "../text/read-text.ts";

/** CK+'s codes 0 to 7. */
const codes: readonly Expression[] = ["neutral", "anger", "contempt", "disgust", "fear", "happiness", "sadness", "surprise"];
const imagePlaces = ["cohn-kanade-images", "extended-cohn-kanade-images/cohn-kanade-images"];
const labelPlaces = ["Emotion", "Emotion_labels/Emotion", "Emotion_labels"];

const layout = "CK+ sequences";
const pictures = "boxed photos";

/**
 * CK+ as it is distributed: `cohn-kanade-images/S005/001/S005_001_00000011.png`, sequences from the neutral face to the peak, and
 * `Emotion/S005/001/S005_001_00000011_emotion.txt`, which says the label of the peak frame (`3.0000000e+00`) for 327 of 593 sequences.
 * Peak frames are taken; first frames as neutral ones if asked. With `Landmarks/` there, the face is cut out around its 68 points.
 *
 * Codes, counts and names are those of the distribution's ReadMe (Lucey et al. 2010): 0 neutral, 1 anger, 2 contempt, 3 disgust, 4 fear,
 * 5 happy, 6 sadness, 7 surprise. The paper's 31 neutral faces are not known.
 */
export const set = dataSet({
  title: "CK+",
  layout,
  files: "`cohn-kanade-images/S005/001/S005_001_00000011.png` with `Emotion/S005/001/S005_001_00000011_emotion.txt`",
  pictures,
  order: 40,
  options: {
    neutral: choiceOf(["none", "subject", "sequence"], {
      default: "none",
      text: "First frames that are taken as neutral: none, one per person, or one per labelled sequence.",
    }),
  },
  find: (folder) =>
    [
      folder,
      ...foldersIn(folder)
        .filter((name) => /^ck/i.test(name))
        .map((name) => join(folder, name)),
    ].find((place) => firstPlace(place, imagePlaces) !== undefined && firstPlace(place, labelPlaces) !== undefined),
  survey(root, options, { neutral }) {
    const faults: Fault[] = [];
    const files = sequencesOf(root).flatMap((sequence) => framesOf(root, sequence, faults));
    const seen = new Set<string>();
    const firsts =
      neutral === "none"
        ? []
        : files.filter(({ subject, dropped, first }) => {
            if (dropped !== undefined || first === undefined || (neutral === "subject" && seen.has(subject as string))) return false;
            seen.add(subject as string);
            return true;
          });
    const peaks = files.map(({ first: _first, ...file }): LabeledFile => file);
    const rested = firsts.map(({ first, subject, sequence }) => ({
      file: first as string,
      label: "neutral",
      split: undefined,
      subject,
      sequence,
      region: landmarksOf(root, first as string, faults),
    }));
    const classes = neutral === "none" && !peaks.some(({ label }) => label === "neutral") ? classesWithout("neutral") : expressions;
    const labelSource =
      neutral === "none" ? "Emotion/, peak frames" : `Emotion/, peak frames, and first frames as neutral, one a ${neutral}`;
    const source = { where: "readDataset", layout, name: "CK+", root, labelSource, classes };
    return surveyFiles({ ...source, pictures, peopleBy: "CK+ file names", faults }, [...peaks, ...rested], options);
  },
});

interface Sequence {
  /** `S005/001` */
  readonly name: string;
  readonly images: string;
  readonly labels: string;
}

interface PeakFrame extends LabeledFile {
  /** The sequence's first frame. */
  readonly first?: string | undefined;
}

/** Every sequence that has a folder of images or of labels. */
function sequencesOf(root: string): Sequence[] {
  const [images, labels] = [firstPlace(root, imagePlaces) as string, firstPlace(root, labelPlaces) as string];
  const names = [images, labels].flatMap((place) =>
    foldersIn(join(root, place)).flatMap((person) => foldersIn(join(root, place, person)).map((number) => `${person}/${number}`)),
  );
  return [...new Set(names)].sort().map((name) => ({ name, images: `${images}/${name}`, labels: `${labels}/${name}` }));
}

/** The peak frame of a sequence as a row; a sequence without a label is a row that is left out. */
function framesOf(root: string, { name, images, labels }: Sequence, faults: Fault[]): PeakFrame[] {
  const frames = filesIn(join(root, images)).filter((file) => readable.test(file));
  const [text, ...more] = filesIn(join(root, labels)).filter((file) => /_emotion\.txt$/i.test(file));
  const subject = name.split("/")[0] as string;
  const row = { split: undefined, subject, sequence: name.replace("/", "_"), label: undefined };
  if (text === undefined) {
    return frames.length === 0 ? [] : [{ ...row, file: `${images}/${frames.at(-1)}`, dropped: "the sequence has no label" }];
  }
  const blame = `${labels}/${text}`;
  const peak = frames.find((frame) => frame.replace(/\.[^.]+$/, "") === text.replace(/_emotion\.txt$/i, ""));
  if (peak === undefined) {
    const expected = text.replace(/_emotion\.txt$/i, ".png");
    faults.push({ kind: "missing", file: blame, problem: `expected its frame ${images}/${expected}, but it is not there.`, stops: false });
    return [{ ...row, file: `${images}/${expected}`, dropped: "the image is missing" }];
  }
  if (more.length > 0)
    faults.push({
      kind: "duplicate name",
      file: blame,
      problem: `expected one label a sequence, but got ${more.length + 1}.`,
      stops: false,
    });
  const written = readForeignText(join(root, blame)).trim();
  const label = written === "" ? undefined : codes[Number(written)];
  const file = `${images}/${peak}`;
  if (label === undefined) {
    faults.push({
      kind: "unknown label",
      file: blame,
      problem: `expected a label from 0 to 7, but got ${show(written.slice(0, 40))}.`,
      stops: false,
    });
    return [{ ...row, file, dropped: "the label is unknown" }];
  }
  return [
    {
      ...row,
      file,
      label,
      region: landmarksOf(root, file, faults),
      first: frames[0] === peak ? undefined : `${images}/${frames[0]}`,
    },
  ];
}

/** Where the face is in a frame, by its landmarks; undefined without them. */
function landmarksOf(root: string, frame: string, faults: Fault[]): Region | undefined {
  const file = `${frame.replace(/^.*cohn-kanade-images\//, "Landmarks/").replace(/\.[^.]+$/, "")}_landmarks.txt`;
  if (firstPlace(root, [file]) === undefined) return undefined;
  const region = faceOfLandmarks(readForeignText(join(root, file)));
  if (region === undefined)
    faults.push({ kind: "bad row", file, problem: "expected 68 lines of two numbers; the whole picture is taken.", stops: false });
  return region;
}
