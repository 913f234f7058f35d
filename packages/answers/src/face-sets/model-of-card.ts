import type { ModelCard } from "@semblant/faces";
import { answersOf, gaussiansOf } from "@semblant/faces/internals";
import type { SetModel } from "./face-set.ts";

/**
 * What a card says of a model, without its network: it names embeddings that the network made, anywhere.
 *
 * @param card of a model file (`cardOf` of `@semblant/faces`), or its text as `readModelCard` reads it
 */
export function modelOfCard(card: ModelCard): SetModel {
  const answering = gaussiansOf(card);
  const { classes, dimensions, thresholds, shift } = card;
  return {
    card,
    classes,
    dimensions,
    ...answering,
    classify: (X, { together } = {}) => answersOf(answering, X, thresholds, { shift, together }),
  };
}
