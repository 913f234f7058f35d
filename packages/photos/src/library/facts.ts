import type { LibraryFile } from "./open-file.ts";

/** The fact that counts how often rows were mended where they stand: codes that were made of them before may be of other numbers. */
export const mendedFact = "mended";
/** The fact that counts how often photos and faces changed. */
const changesFact = "changes";

/** A fact of a library; undefined where it has none of this name. A number may come back as its text. */
export function fact(file: LibraryFile, name: string): unknown {
  return file.prepare("SELECT value FROM facts WHERE name = ?").pluck().get(name);
}

/** Keeps a fact, in place of what was kept under its name. */
export function keepFact(file: LibraryFile, name: string, value: string | number): void {
  file.prepare("INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value").run(name, value);
}

export function dropFact(file: LibraryFile, name: string): void {
  file.prepare("DELETE FROM facts WHERE name = ?").run(name);
}

/** How often photos and faces have changed, by any process. */
export const changesOf = (file: LibraryFile): number => Number(fact(file, changesFact) ?? 0);

/** Counts that photos or faces changed. It is the last in its transaction: who counts next waits until that is over. */
export const noteChanged = (file: LibraryFile): void => countUp(file, changesFact);

/** Counts that rows were mended. */
export const noteMended = (file: LibraryFile): void => countUp(file, mendedFact);

function countUp(file: LibraryFile, name: string): void {
  file
    .prepare("INSERT INTO facts (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = CAST(facts.value AS BIGINT) + 1")
    .run(name);
}
