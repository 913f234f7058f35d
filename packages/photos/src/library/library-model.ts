import { modelOfCard, type SetModel } from "@semblant/answers";
import { DataError } from "@semblant/core";
import { type ModelCard, readModelCard } from "@semblant/faces";
import { adaptationOf } from "@semblant/faces/internals";
import { dismissWorkers } from "../queue/worker.ts";
import { dialectOf, isServer } from "./dialect.ts";
import { dropFact, fact, keepFact } from "./facts.ts";
import type { LibraryFile } from "./open-file.ts";
import { renameFaces } from "./rename-faces.ts";
import { type Cell, rowSeal } from "./seals.ts";
import { remakeVectors } from "./vector-table.ts";

/** By which seal a model's card was read. */
const sealOf = new WeakMap<SetModel, unknown>();

/**
 * The model that a library's embeddings are of, from its card; undefined before the first photo. `known` comes back if it still is.
 *
 * @param rescued takes the place of a card that is damaged
 * @throws DataError if the card is damaged
 */
export function readModel(file: LibraryFile, known?: SetModel, rescued?: SetModel): SetModel | undefined {
  const seal = file
    .prepare(`SELECT ${dialectOf(file).version} FROM facts WHERE name = 'model'`)
    .pluck()
    .get();
  if (seal === undefined) return rescued;
  if (known !== undefined && seal === sealOf.get(known)) return known;
  const row = file.prepare("SELECT name, value FROM facts WHERE name = 'model'").raw().get() as [string, Cell];
  try {
    if (!isServer(file) && rowSeal(row) !== seal) throw new DataError("model: its text is not what was written.");
    const model = modelOfCard(readModelCard(String(row[1])));
    sealOf.set(model, seal);
    return model;
  } catch (cause) {
    if (rescued !== undefined) return rescued;
    throw new DataError(
      `library: expected the card of the library's model to be whole, but it is damaged.\n  Mend it with: semblant library repair`,
      { cause },
    );
  }
}

/** The same where the card is whole; undefined where it is damaged, too. */
export function readIfWhole(file: LibraryFile): SetModel | undefined {
  try {
    return readModel(file);
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
}

/** What a reader's model may do to a library that has another. */
export interface SettlingModel {
  readonly replace: boolean;
  readonly asWorker?: boolean;
}

/**
 * Makes a reader's model the library's, or sees that it is: weights may be the same under a newer card, which is kept
 * from then on. A library that was adapted stays so, unless another model is named for it.
 *
 * Embeddings of two models lie in two spaces and are never mixed: where another is to take the first one's place, every photo is to be
 * read again.
 *
 * @param options `replace`: whether it may; `asWorker`: whether it reads for others, and so has to take theirs; `named`: whether the
 * reader's model was asked for by its name
 * @throws DataError if the library has another and it may not
 */
export function settleModel(
  file: LibraryFile,
  card: ModelCard,
  options: SettlingModel & { readonly vectors: boolean; readonly rescued?: SetModel | undefined; readonly named?: boolean },
): SetModel {
  const given = modelOfCard(readModelCard(JSON.stringify(card))); // as it will be read again
  const settle = file.transaction(() => {
    const stored = readModel(file, undefined, options.rescued);
    if (stored !== undefined && sameModel(stored, card)) {
      if (adaptationOf(stored.card) !== undefined && !options.named) return stored;
      return takeCard(file, card); // the same weights, perhaps with better Gaussians
    }
    if (stored !== undefined && !options.replace) throw otherModel("index", stored, card, options.asWorker ? takeIt : replaceIt);
    if (file.kind === "postgres") dismissWorkers(file);
    file.exec("DELETE FROM faces; UPDATE photos SET current = 0");
    dropFact(file, "approximate");
    keepCard(file, card);
    if (options.vectors) remakeVectors(file, given.dimensions);
    return given;
  });
  return settle.immediate(); // of several who come with a first model, one is first
}

/** Makes a card of the same weights the library's, by which all faces are named from then on. */
export function takeCard(file: LibraryFile, card: ModelCard): SetModel {
  const model = modelOfCard(readModelCard(JSON.stringify(card))); // as it will be read again
  file
    .transaction(() => {
      if (fact(file, "model") === JSON.stringify(card)) return;
      keepCard(file, card);
      renameFaces(file, model);
    })
    .immediate();
  return model;
}

/** Makes a card the library's. */
function keepCard(file: LibraryFile, card: ModelCard): void {
  keepFact(file, "model", JSON.stringify(card));
}

/** Whether a card is of the same weights. */
export function sameModel(model: SetModel, card: ModelCard): boolean {
  return model.card.checksum === card.checksum;
}

const replaceIt = "To read every photo again with the new one: semblant index --replace-model (corrections are kept)";
const takeIt = "Every worker reads with the library's model. Name it with --model, or install the same version of semblant.";

export function otherModel(where: string, stored: SetModel, card: ModelCard, advice = replaceIt): DataError {
  const name = (of: ModelCard) => `"${of.name}" (${of.checksum})`;
  return new DataError(
    `${where}: expected the model that the library's embeddings are of, ${name(stored.card)}, but got ${name(card)}.\n` + `  ${advice}`,
  );
}
