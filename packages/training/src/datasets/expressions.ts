/** The eight expressions, in the order of every class index in the project (FER+'s). They say what a face looks like. */
export const expressions = ["neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt"] as const;

export type Expression = (typeof expressions)[number];

const synonyms: Readonly<Record<string, Expression>> = {
  happy: "happiness",
  joy: "happiness",
  surprised: "surprise",
  sad: "sadness",
  angry: "anger",
  disgusted: "disgust",
  fearful: "fear",
  afraid: "fear",
  contemptuous: "contempt",
};

/**
 * The expression that a folder or label means, or undefined if it is none of the eight.
 *
 * @example
 * expressionNamed("Happy"); // "happiness"
 */
export function expressionNamed(name: string): Expression | undefined {
  const plain = name.trim().toLowerCase();
  return expressions.find((expression) => expression === plain) ?? synonyms[plain];
}
