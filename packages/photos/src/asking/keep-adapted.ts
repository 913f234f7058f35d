import { existsSync, readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import type { AdaptedFaces } from "@semblant/answers";
import { DataError, OptionError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import { cardOf, type ModelCard } from "@semblant/faces";
import { adaptationOf, adaptationText, adaptedCard, readAdaptation } from "@semblant/faces/internals";
import { writeWhole } from "@semblant/files/internals";
import { Library, searchingOf } from "../library/library.ts";
import { otherModel, sameModel, takeCard } from "../library/library-model.ts";
import { isAdapted, readModel, shippedWithChecksum, shippedWords } from "../models/read-model.ts";
import { openNearest } from "./nearest-library.ts";

/** Where an adapted model is kept; at least one is named. */
export interface KeepAdaptedOptions {
  /** Its file, which ends in .json: a model like any other. */
  readonly out?: string;
  /** A folder, whose library answers by it from then on, or an open library. */
  readonly into?: string | Library;
}

/** The names of {@link KeepAdaptedOptions}. */
export const keepAdaptedOptions = ["out", "into"] as const;

/** Where an adapted model is kept, and where the library of `into` lies, if that is a folder whose library is not in it. */
export interface KeepingAdapted extends KeepAdaptedOptions {
  readonly library?: string;
}

/**
 * Finds out before the work where its result cannot go.
 *
 * @throws OptionError if it is to be kept nowhere, or in a file that no command would take for a model
 * @throws DataError if another file is there
 */
export function refuseKeptNowhere({ out, into }: KeepAdaptedOptions): void {
  if (out === undefined && into === undefined) {
    throw new OptionError(
      'adapt: expected --out and a file, like "--out mine.json", or --in and a folder whose library it is for, but got neither.',
    );
  }
  if (out === undefined) return;
  if (!isAdapted(out)) throw new OptionError(`adapt: expected the file to end in .json, but got ${show(out)}.`);
  if (existsSync(out) && !isAdaptation(out)) {
    throw new DataError(`adapt: expected no file at ${out}, or one of semblant adapt, but there is another.\n  Name another place.`);
  }
}

function isAdaptation(path: string): boolean {
  try {
    readAdaptation(readFileSync(path, "utf8"));
    return true;
  } catch {
    return false;
  }
}

/**
 * Finds out before the work whether a library can answer by what a model becomes.
 *
 * @throws DataError if its embeddings are of another network, or it may only be read
 */
export async function refuseOtherLibrary({ into, library: place }: KeepingAdapted, card: ModelCard): Promise<void> {
  if (into !== undefined) await inLibrary(into, place, (library) => refuseUnfit(library, card));
}

function refuseUnfit(library: Library, card: ModelCard): void {
  const { model } = library;
  if (!sameModel(model, card)) throw otherModel("adapt", model, card);
  if (!library.readonly) return;
  throw new DataError(
    `adapt: expected a library that may be written, but ${library.path} may only be read.\n  Keep it in a file: --out mine.json`,
  );
}

/** The word of the model that ships and that a library is of; undefined where none is named, or its model does not ship. */
export async function modelOfLibrary({ into, library: place }: KeepingAdapted): Promise<string | undefined> {
  if (into === undefined) return undefined;
  return inLibrary(into, place, ({ model }) => shippedWithChecksum(model.card.checksum));
}

/**
 * Keeps an adapted model where it was asked for, if it is better than the model was.
 *
 * @param of the card of the model that was adapted, and its name, where that is not one that ships
 * @throws DataError if the library is of another network, or may only be read
 */
export async function keepAdapted(
  { better, adaptation }: AdaptedFaces,
  { out, into, library: place }: KeepingAdapted,
  of: { readonly card: ModelCard; readonly model: string | undefined },
): Promise<{ readonly file?: string; readonly library?: string }> {
  if (!better) return {};
  const library = into === undefined ? undefined : await inLibrary(into, place, (one) => answerBy(one, adaptedCard(of.card, adaptation)));
  if (out === undefined) return { ...(library !== undefined && { library }) };
  const file = of.model === undefined || shippedWords.includes(of.model) ? undefined : relative(dirname(resolve(out)), resolve(of.model));
  const { network } = adaptation;
  await writeWhole(out, adaptationText({ ...adaptation, network: { ...network, ...(file !== undefined && { file }) } }), {
    mode: 0o600, // means of a few faces say something of whose they are
  });
  return { file: out, ...(library !== undefined && { library }) };
}

interface ForgetAdaptedOptions {
  readonly model?: string;
  readonly library?: string;
}

/**
 * Lets a library answer by its model as that was trained again.
 *
 * @param options `model`: its file, where it does not ship; `library`: where a folder's library lies, if not in it
 * @returns the model's name
 * @throws OptionError if there is no library, it was not adapted, or its model does not ship and is not named
 * @throws DataError if the library may only be read, or is of another model
 *
 * @example
 * await forgetAdapted("no/such/folder");
 * // throws OptionError: adapt: expected a library in no/such/folder or above it, but there is none.
 */
export async function forgetAdapted(photos: string | Library, options: ForgetAdaptedOptions = {}): Promise<string> {
  const { model, library: place } = options;
  return inLibrary(photos, place, async (library) => {
    const { card } = library.model;
    if (adaptationOf(card) === undefined) {
      throw new OptionError(`adapt: expected a library that was adapted, but ${library.path} answers by "${card.name}" as it was trained.`);
    }
    const word = model ?? (await shippedWithChecksum(card.checksum));
    if (word === undefined) {
      throw new OptionError(`adapt: expected the model that "${card.name}" was made of, which does not ship.\n  Name its file: --model`);
    }
    const trained = cardOf(await readModel(word));
    answerBy(library, trained);
    return trained.name;
  });
}

/**
 * Lets a library answer by an adapted model that was kept in a file.
 *
 * @throws DataError if the library is of another network, or may only be read
 */
export async function answerByModel(library: Library, file: string): Promise<void> {
  answerBy(library, cardOf(await readModel(file)));
}

async function inLibrary<T>(photos: string | Library, place: string | undefined, work: (library: Library) => T | Promise<T>): Promise<T> {
  if (photos instanceof Library) return work(photos);
  const library = await openNearest("adapt", photos, { readonly: "auto", ...(place !== undefined && { file: place }) });
  try {
    return await work(library);
  } finally {
    library.close();
  }
}

/** @returns the library's file */
function answerBy(library: Library, card: ModelCard): string {
  refuseUnfit(library, card);
  takeCard(searchingOf(library).file, card);
  return library.path;
}
