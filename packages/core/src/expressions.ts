/** The eight expressions, in the order of every class index in the project (FER+'s). They say what a face looks like. */
export const expressions = ["neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt"] as const;

export type Expression = (typeof expressions)[number];

const synonyms: ReadonlyMap<string, Expression> = new Map(
  Object.entries({
    normal: "neutral",
    happy: "happiness",
    joy: "happiness",
    smile: "happiness",
    surprised: "surprise",
    suprise: "surprise", // as some copies of FER2013's folders spell it
    sad: "sadness",
    angry: "anger",
    disgusted: "disgust",
    fearful: "fear",
    afraid: "fear",
    scared: "fear",
    contemptuous: "contempt",
  }),
);

/**
 * The expression that a folder or label means, or undefined if it is none of the eight.
 *
 * @example
 * expressionNamed("Happy"); // "happiness"
 */
export function expressionNamed(name: string): Expression | undefined {
  const plain = name.trim().toLowerCase();
  return expressions.find((expression) => expression === plain) ?? synonyms.get(plain);
}

/**
 * The eight expressions but one, in their order: what a set of seven classes has.
 *
 * @example
 * classesWithout("contempt").length; // 7
 */
export function classesWithout(absent: Expression): Expression[] {
  return expressions.filter((expression) => expression !== absent);
}
