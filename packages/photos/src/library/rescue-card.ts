import { modelOfCard, type SetModel } from "@semblant/answers";
import { DataError } from "@semblant/core";
import { cardOf, type ModelCard, readModelCard } from "@semblant/faces";
import { readModel, shippedWords } from "../models/read-model.ts";
import { damagedRows } from "./damaged-rows.ts";
import { isServer } from "./dialect.ts";
import { readModel as readModelOf } from "./library-model.ts";
import type { LibraryFile } from "./open-file.ts";

/**
 * The card of a library's model where the one that is kept is damaged: as its checksum tells that it was, or that of a model at hand
 * with the same weights.
 *
 * @param model the one that was asked for, beside those that ship
 * @returns undefined if no model at hand is the library's
 */
export async function rescueCard(file: LibraryFile, model?: string): Promise<ModelCard | undefined> {
  const [damaged] = damagedRows(file, "facts").filter(({ mended, key }) => key[0] === "model" || mended?.row[0] === "model");
  const before = damaged?.mended && read(String(damaged.mended.row[1]));
  if (before) return before;
  const bytes = file.prepare("SELECT CAST(value AS BLOB) FROM facts WHERE name = 'model'").pluck().get() as Buffer | undefined;
  if (bytes === undefined) return undefined;
  const text = bytes.toString("latin1");
  for (const one of [...(model === undefined ? [] : [model]), ...shippedWords]) {
    const card = await readModel(one).then(cardOf, () => undefined);
    if (card !== undefined && (text.includes(`"checksum":"${card.checksum}"`) || almost(bytes, Buffer.from(JSON.stringify(card)))))
      return card;
  }
  return undefined;
}

/** A library's model from a card that was rescued; undefined where the one that is kept is whole, or nothing was indexed. */
export async function rescuedModel(file: LibraryFile, model?: string): Promise<SetModel | undefined> {
  if (isServer(file)) return undefined;
  try {
    if (readModelOf(file) !== undefined || file.prepare("SELECT 1 FROM photos LIMIT 1").get() === undefined) return undefined;
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
  }
  const card = await rescueCard(file, model);
  return card && modelOfCard(card);
}

function read(text: string): ModelCard | undefined {
  try {
    return readModelCard(text);
  } catch {
    return undefined;
  }
}

/** Whether two texts are of one length and differ in hardly a byte. */
function almost(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && a.reduce((differing, byte, i) => differing + (byte === b[i] ? 0 : 1), 0) <= 8;
}
