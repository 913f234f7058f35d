import { DataError, OptionError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import { inOurWords } from "./failures.ts";
import { fileOf, type Library } from "./library.ts";
import type { LibraryFile } from "./open-file.ts";

/** A value of more bytes of JSON is no small one. */
const mostBytes = 16 * 2 ** 20;

/**
 * Names of the small values that programs keep with a library: saved searches, places on a map, votes.
 *
 * @returns in the order of the alphabet
 */
export function documentNames(library: Library): string[] {
  return inWords(library, (file) => file.prepare("SELECT name FROM documents ORDER BY name").pluck().all() as string[]);
}

/** The value that is kept under a name; undefined where there is none. */
export function readDocument(library: Library, name: string): unknown {
  const text = inWords(library, (file) => file.prepare("SELECT value FROM documents WHERE name = ?").pluck().get(name));
  if (text === undefined) return undefined;
  try {
    return JSON.parse(String(text));
  } catch (cause) {
    throw new DataError(`documents: expected ${show(name)} to be whole, but it is damaged.\n  Mend it with: semblant library repair`, {
      cause,
    });
  }
}

/**
 * Keeps a value as JSON, in place of what was kept under its name.
 *
 * @param name 1 to 100 letters, digits, spaces, `.`, `_` and `-`
 * @throws OptionError if the name has others, or the value is no JSON or of more than 16 MiB
 * @throws DataError if the library may only be read, or the disk is full
 */
export function keepDocument(library: Library, name: string, value: unknown): void {
  if (!/^[\p{L}\p{N} ._-]{1,100}$/u.test(name)) {
    throw new OptionError(
      `documents: expected a name of 1 to 100 letters, digits, spaces, dots, "_" and "-", but got ${show(name.slice(0, 100))}.`,
    );
  }
  const text = asJson(name, value);
  if (text === undefined) throw new OptionError(`documents: expected a value of JSON for ${show(name)}, but got ${typeof value}.`);
  const bytes = Buffer.byteLength(text);
  if (bytes > mostBytes) {
    throw new OptionError(
      `documents: expected at most ${mostBytes / 2 ** 20} MiB for ${show(name)}, but got ${(bytes / 2 ** 20).toFixed(1)} MiB.`,
    );
  }
  const sql = "INSERT INTO documents (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
  inWords(library, (file) => file.prepare(sql).run(name, text));
}

/** @throws OptionError if it is nested too deeply to be written */
function asJson(name: string, value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new OptionError(`documents: expected a value of fewer levels for ${show(name)}, but it is nested too deeply.`);
  }
}

/** @returns whether there was one of this name */
export function dropDocument(library: Library, name: string): boolean {
  return inWords(library, (file) => file.prepare("DELETE FROM documents WHERE name = ?").run(name).changes === 1);
}

function inWords<T>(library: Library, work: (file: LibraryFile) => T): T {
  try {
    return work(fileOf(library));
  } catch (error) {
    throw inOurWords(error, library.path);
  }
}
