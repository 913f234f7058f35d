import { modelOfCard, type SetModel } from "@semblant/answers";
import { cardOf } from "@semblant/faces";
import { readModel } from "../models/read-model.ts";
import { otherModel, readIfWhole, sameModel, takeCard } from "./library-model.ts";
import type { LibraryFile } from "./open-file.ts";

/** What remains of a model that was named for a library. */
export interface Named {
  /** Whether one was. */
  readonly given: boolean;
  /** It is of another network, so that the library cannot answer by it before every photo is read again. */
  readonly refused?: Error;
  /** It answers, and is not kept: the library may only be read. */
  readonly model?: SetModel;
}

/**
 * Sees to it that a library that knows faces answers by the model that is named. Where the network is the same, the embeddings are, too:
 * only the card changes, and the names of the faces with it, so that no photo is read again.
 *
 * @throws DataError if there is no such model, or it is damaged
 */
export async function settleNamed(
  file: LibraryFile,
  { model, reader }: { readonly model?: string; readonly reader?: unknown },
): Promise<Named> {
  if (model === undefined) return { given: false };
  const stored = reader === undefined ? readIfWhole(file) : undefined; // a reader that is at hand has a model of its own
  if (stored === undefined) return { given: true };
  const card = cardOf(await readModel(model));
  if (!sameModel(stored, card)) return { given: true, refused: otherModel("library", stored, card) };
  if (file.readonly) return { given: true, model: modelOfCard(card) };
  takeCard(file, card);
  return { given: true };
}
