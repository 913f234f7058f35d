import { cardOf, type ModelCard } from "@semblant/faces";
import { readModel } from "./read-model.ts";

/**
 * The card of a model: `best`, `small`, or a file.
 *
 * @throws DataError if there is none, or it is damaged
 */
export async function modelCard(model = "best"): Promise<ModelCard> {
  return cardOf(await readModel(model));
}
