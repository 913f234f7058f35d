/**
 * Answers questions about a library's faces in a thread of its own: it opens the library to read, and keeps the faces of a revision.
 * Imported by another it does nothing.
 */

import { statSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { type AskedOfFaces, askFaces, type FaceChoice, type FaceSet } from "@semblant/answers";
import { adapt, type Library, openLibrary, teach } from "@semblant/photos";
import { fileOf, rememberFaces } from "@semblant/photos/internals";
import { filteredFaces } from "./filtered-faces.ts";

/** The library that is asked. */
export interface FacesWorkerData {
  readonly root: string;
  /** Its file, or the server's address. */
  readonly file: string;
  readonly onServer?: boolean;
}

/** A question, by its number. */
export type FacesTask = { readonly id: number } & (
  | {
      readonly kind: "ask";
      readonly asked: AskedOfFaces;
      readonly filter: FaceChoice;
      /** The library's: faces that were read at another are read again. */
      readonly stamp: string;
    }
  | {
      readonly kind: "adapt";
      /** Where the adapted model is written. */
      readonly out: string;
      readonly newClasses?: readonly string[] | "all";
      readonly only?: boolean;
    }
  | { readonly kind: "teach"; readonly name: string; readonly faces: readonly number[]; readonly anyway: boolean }
);

/** What came of it. */
export type FacesReport =
  | { readonly id: number; readonly progress: string }
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: { readonly name: string; readonly message: string } };

/** Sets of faces that are kept, by their filters. */
const mostSets = 4;

const { root = "", file = "", onServer = false } = (workerData ?? {}) as Partial<FacesWorkerData>;
let library: Library | undefined;
let inode = 0;
let stamp = "";
const sets = new Map<string, FaceSet>();

async function opened(): Promise<Library> {
  const ino = onServer ? 0 : statSync(file).ino;
  if (ino !== inode) {
    library?.close(); // another file has taken its place
    library = undefined;
  }
  inode = ino;
  if (library === undefined) {
    library = await openLibrary(root, { file, readonly: true });
    rememberFaces(fileOf(library));
  }
  return library;
}

async function facesAt(wanted: string, filter: FaceChoice): Promise<FaceSet> {
  if (stamp !== wanted) sets.clear();
  stamp = wanted;
  const key = JSON.stringify(filter);
  const known = sets.get(key);
  if (known !== undefined) return known;
  const set = filteredFaces(await opened(), filter);
  if (sets.size >= mostSets) sets.delete(sets.keys().next().value as string);
  sets.set(key, set);
  return set;
}

async function answer(task: FacesTask): Promise<unknown> {
  if (task.kind === "ask") return askFaces(await facesAt(task.stamp, task.filter), task.asked);
  if (task.kind === "teach") {
    const { name, faces, anyway } = task;
    const {
      file: _file,
      classes: _classes,
      withoutFaces: _withoutFaces,
      ...learned
    } = await teach(await opened(), { name, faces }, { anyway });
    return learned;
  }
  const { out, newClasses, only } = task;
  const options = { out, corrected: true, ...(newClasses && { newClasses }), ...(only !== undefined && { only }) };
  const { set: _set, errors: _errors, ...adapted } = await adapt(await opened(), options, (progress) => report({ id: task.id, progress }));
  return adapted;
}

const report = (said: FacesReport) => parentPort?.postMessage(said);

let last: Promise<void> = Promise.resolve();
parentPort?.on("message", (task: FacesTask) => {
  last = last.then(async () => {
    try {
      report({ id: task.id, answer: await answer(task) });
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      report({ id: task.id, error: { name, message } });
    }
  });
});
