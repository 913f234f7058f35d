import type { SetModel } from "@semblant/answers";
import { adaptationOf } from "@semblant/faces/internals";
import { fileOf } from "../library/file-of.ts";
import type { Library } from "../library/library.ts";
import { readSoundTaught } from "../taught/taught-file.ts";

/** Whether a model was adapted to somebody's faces. */
export function wasAdapted({ card }: SetModel): boolean {
  return adaptationOf(card) !== undefined;
}

/** Names of the classes that a library was taught, for its model. */
export function taughtNames(library: Library): string[] {
  const { root, path, model } = library;
  return readSoundTaught({ root, library: path, database: fileOf(library) }, model).classes.map(({ name }) => name);
}
