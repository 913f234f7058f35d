/** What is to be said of a model for the faces it was trained on: how far it may be trusted, and what may be done with its weights. */
export interface ModelWords {
  readonly limits: readonly string[];
  readonly licence: string;
}

/**
 * What a model that was trained on the named data has to say of itself.
 *
 * @param data its name, as data sets say it
 *
 * @example
 * wordsFor("generated faces").licence; // "Weights: MIT. Trained on faces drawn by semblant."
 */
export function wordsFor(data: string): ModelWords {
  const { origin, licence } = origins.get(data) ?? foreign(data);
  return { limits: [perceived, origin, ...always], licence };
}

const perceived = 'Its words say what a face looks like to people who were asked ("happy-looking"), not what a person feels, means or is.';

const always: readonly string[] = [
  "Rare looks (contempt, disgust, fear) are named less surely than common ones: see the recall of each.",
  "It saw upright faces, roughly frontal, grey, 48 pixels wide. Profiles, hands before the face and faces under 24 pixels are read worse.",
  "An embedding tells a little of who somebody is (see identity leak): keep it as you would keep the photo.",
];

interface Origin {
  readonly origin: string;
  readonly licence: string;
}

const origins: ReadonlyMap<string, Origin> = new Map(
  Object.entries({
    "FER+": {
      origin:
        "Faces came from the web, found by words. About ten raters labelled each, and disagree on one face in five. " +
        "Few faces are of old people or children. How groups of people are represented is not known.",
      licence: "Weights: MIT. Trained on FER2013's faces with FER+'s labels, which are given out for research and are not part of it.",
    },
    "generated faces": {
      origin: "Faces were drawn by a program and labelled by it: what the model says of people was not measured.",
      licence: "Weights: MIT. Trained on faces drawn by semblant.",
    },
  }),
);

function foreign(data: string): Origin {
  return {
    origin: `Faces and labels are those of ${data}: what that set leaves out, the model has not seen.`,
    licence: `Trained on ${data}: its terms say whether weights may be given out and to whom.`,
  };
}

/** What it must not be used for; the first is forbidden in the European Union (Regulation 2024/1689, article 5(1)(f)). */
export const unacceptable: readonly string[] = [
  "Inferring emotions of people at work or in education.",
  "Judging people: hiring, insurance, credit, policing, border control, health, lie detection.",
  "Watching people who do not know of it, and children in particular.",
];
