import { DataError } from "@semblant/core";
import { answersOf, gaussiansOf, type ModelCard, readModelCard } from "@semblant/faces";
import type { SetModel } from "./face-set.ts";
import { remakeVectors } from "./nearest-faces.ts";
import type { LibraryFile } from "./open-file.ts";

/** What a card says of a model, without its network. */
export function modelOfCard(card: ModelCard): SetModel {
  const answering = gaussiansOf(card);
  const { classes, dimensions, thresholds } = card;
  return { card, classes, dimensions, ...answering, classify: (X) => answersOf(answering, X, thresholds) };
}

/** The model that a library's embeddings are of, from its card; undefined before the first photo. `known` comes back if it still is. */
export function readModel(file: LibraryFile, known?: SetModel): SetModel | undefined {
  const checksum = file.prepare("SELECT value ->> '$.checksum' FROM facts WHERE name = 'model'").pluck().get() as string | undefined;
  if (checksum === undefined || checksum === known?.card.checksum) return checksum === undefined ? undefined : known;
  return modelOfCard(readModelCard(file.prepare("SELECT value FROM facts WHERE name = 'model'").pluck().get() as string));
}

/**
 * Makes a reader's model the library's, or sees that it is: weights may be the same under a newer card, which is kept from then on. Embeddings of two models lie in two spaces and are never mixed: where
 * another is to take the first one's place, every photo is to be read again.
 *
 * @param replace whether it may
 * @throws DataError if the library has another and it may not
 */
export function settleModel(
  file: LibraryFile,
  card: ModelCard,
  options: { readonly replace: boolean; readonly vectors: boolean },
): SetModel {
  const given = modelOfCard(readModelCard(JSON.stringify(card))); // as it will be read again
  const stored = readModel(file);
  if (stored !== undefined && sameModel(stored, card)) {
    file.prepare("UPDATE facts SET value = ? WHERE name = 'model'").run(JSON.stringify(card)); // the same weights, perhaps with better Gaussians
    return given;
  }
  if (stored !== undefined && !options.replace) throw otherModel("index", stored, card);
  file
    .transaction(() => {
      file.exec("DELETE FROM faces; UPDATE photos SET current = 0; DELETE FROM facts WHERE name = 'approximate'");
      file.prepare("INSERT OR REPLACE INTO facts (name, value) VALUES ('model', ?)").run(JSON.stringify(card));
      if (options.vectors) remakeVectors(file, given.dimensions);
    })
    .immediate();
  return given;
}

/** Whether a card is of the same weights. */
export function sameModel(model: SetModel, card: ModelCard): boolean {
  return model.card.checksum === card.checksum;
}

export function otherModel(where: string, stored: SetModel, card: ModelCard): DataError {
  const name = (of: ModelCard) => `"${of.name}" (${of.checksum})`;
  return new DataError(
    `${where}: expected the model that the library's embeddings are of, ${name(stored.card)}, but got ${name(card)}.\n  To read every photo again with the new one: semblant index --replace-model (corrections are kept)`,
  );
}
