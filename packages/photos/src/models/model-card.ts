import { cardOf, type ModelCard } from "@semblant/faces";
import { cardText } from "./card-text.ts";
import { readModel } from "./read-model.ts";

/** The card that is inside a model's file, and the same for a person to read. */
export interface ReadModelCard {
  readonly card: ModelCard;
  /** In Markdown. */
  readonly text: string;
  /** Of the model's file. */
  readonly bytes: number;
}

/**
 * What a model is, how well it was measured to do, and what it may not be used for.
 *
 * @param model `best` or `small`, the models that ship, or a file of `semblant export` or `adapt`
 * @throws DataError if there is none, or it is damaged
 *
 * @example
 * await modelCard("none.onnx"); // throws DataError: model: expected best, small, posed or a file, but there is no "none.onnx".
 */
export async function modelCard(model = "best"): Promise<ReadModelCard> {
  const file = await readModel(model);
  const card = cardOf(file);
  return { card, text: cardText(card, { bytes: file.length }), bytes: file.length };
}
