import type { LibraryFile } from "./open-file.ts";

/** The fact that counts how often rows were mended where they stand: codes that were made of them before may be of other numbers. */
export const mendedFact = "mended";

/** A fact of a library; undefined where it has none of this name. */
export function fact(file: LibraryFile, name: string): unknown {
  return file.prepare("SELECT value FROM facts WHERE name = ?").pluck().get(name);
}

/** How often photos and faces have changed, by any process. */
export const changesOf = (file: LibraryFile): unknown => fact(file, "changes") ?? 0;

/** Counts that rows were mended. */
export function noteMended(file: LibraryFile): void {
  file.prepare("INSERT INTO facts (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1").run(mendedFact);
}
