import type { JobProgress, JobStart } from "@semblant/api";
import { DataError } from "@semblant/core";
import type { ModelCard } from "@semblant/faces";
import { fileOf } from "./files.ts";
import type { BrowserLibrary } from "./keeping/browser-library.ts";
import type { Change, FileRow } from "./keeping/rows.ts";
import { copyOf, rowsOf, triedOut, triesOf, without } from "./photo-changes.ts";
import type { PhotoReader, ReadPhoto } from "./reading/photo-reader.ts";

/** What an index came to; as that of a library on disk. */
export interface IndexSummary {
  readonly photos: number;
  readonly faces: number;
  readonly read: number;
  readonly unchanged: number;
  readonly dropped: number;
  readonly errors: readonly { readonly path: string; readonly reason: string }[];
  readonly failed: number;
  readonly seconds: number;
}

/** After so many tabs that ended while they read a file, it is given up. */
const mostTries = 3;

/**
 * Reads the files that are new or changed, one after the other. Each photo is one transaction: a tab that is closed leaves a photo as it
 * was or as it is. A file in whose work a tab ended is read last the next time, and given up if that happens again.
 *
 * @returns the summary, at the end; stopped, of what was done
 * @throws DataError if the model is another than the library's, and may not replace it; where storage is full
 */
export async function* indexFiles(
  library: BrowserLibrary,
  reader: PhotoReader,
  { start, signal }: { readonly start: Extract<JobStart, { kind: "index" }>; readonly signal: AbortSignal },
): AsyncGenerator<JobProgress, IndexSummary> {
  const began = performance.now();
  await library.ready();
  const total = library.rows("files").size;
  const counts = { read: 0, failed: 0, dropped: await dropGone(library) };
  if (start.replaceModel === true) await settleModel(library, await reader.card(), true);
  const todo = filesToRead(library, start.retry === true);
  let done = total - todo.length;
  const unchanged = done - library.rows("errors").size;
  if (todo.length > 0) {
    yield { done, total };
    await library.change(() => [{ table: "facts", put: { name: "indexing", value: true } }]);
    await settleModel(library, await reader.card(), false);
  }
  const first = performance.now();
  for (const [i, file] of todo.entries()) {
    if (signal.aborted) break;
    const failed = await readFile(library, reader, file);
    counts[failed ? "failed" : "read"]++;
    done++;
    const secondsLeft = ((performance.now() - first) / 1000 / (i + 1)) * (todo.length - i - 1);
    yield { done, total, text: file.path, secondsLeft };
  }
  await library.change(() => (library.fact("indexing") === true ? [{ table: "facts", drop: "indexing" }] : []));
  const errors = [...library.rows("errors").values()].map(({ path, reason }) => ({ path, reason }));
  const { size: photos } = library.rows("photos");
  const { size: faces } = library.rows("faces");
  return { photos, faces, ...counts, unchanged: Math.max(0, unchanged), errors, seconds: (performance.now() - began) / 1000 };
}

/** Whether a tab was closed while it indexed, and there is more to read. */
export function wasIndexing(library: BrowserLibrary): boolean {
  return library.fact("indexing") === true && filesToRead(library, false).length > 0;
}

/** Files that no photo is of yet, in the order of their paths; those that a tab ended at come last. */
function filesToRead(library: BrowserLibrary, retry: boolean): readonly FileRow[] {
  const read = new Map([...library.rows("photos").values()].map(({ path, hash }) => [path, hash]));
  const suspects = triesOf(library);
  const failed = (file: FileRow) => !retry && library.rows("errors").get(file.path)?.hash === file.hash;
  return [...library.rows("files").values()]
    .filter((file) => read.get(file.path) !== file.hash && !failed(file))
    .sort((a, b) => (suspects[a.hash] ?? 0) - (suspects[b.hash] ?? 0) || (a.path < b.path ? -1 : 1));
}

/** @returns whether it could not be read */
async function readFile(library: BrowserLibrary, reader: PhotoReader, file: FileRow): Promise<boolean> {
  if (library.lookup.photosOf(file.hash).length > 0) {
    await library.change(() => copyOf(library, file));
    return false;
  }
  const tries = triesOf(library)[file.hash] ?? 0;
  if (tries >= mostTries) return fail(library, file, `the page was closed ${mostTries} times while it read it`);
  await library.change(() => [{ table: "facts", put: { name: "tries", value: { ...triesOf(library), [file.hash]: tries + 1 } } }]);
  let photo: ReadPhoto;
  try {
    photo = await reader.read(await fileOf(library.store, file));
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return fail(library, file, (error.message.replace(/^photo: /, "").split("\n")[0] as string).replace(/\.$/, ""));
  }
  await library.change(() => rowsOf(library, file, photo));
  return false;
}

async function fail(library: BrowserLibrary, { path, hash }: FileRow, reason: string): Promise<true> {
  await library.change(() => [...without(library, path), triedOut(library, hash), { table: "errors", put: { path, hash, reason } }]);
  return true;
}

/** Photos and errors of paths that have no file any more go. @returns how many photos */
async function dropGone(library: BrowserLibrary): Promise<number> {
  const gone = [...library.rows("photos").values()].filter(({ path }) => !library.rows("files").has(path));
  const errors = [...library.rows("errors").keys()].filter((path) => !library.rows("files").has(path as string));
  await library.change(() => [
    ...gone.flatMap(({ path }) => without(library, path)),
    ...errors.map((path): Change => ({ table: "errors", drop: path })),
  ]);
  return gone.length;
}

/** Makes the reader's model the library's, or sees that it is. */
async function settleModel(library: BrowserLibrary, card: ModelCard, replace: boolean): Promise<void> {
  const stored = library.fact<ModelCard>("model");
  if (stored?.checksum === card.checksum) return;
  if (stored !== undefined && !replace) {
    const name = (of: ModelCard) => `"${of.name}" (${of.checksum})`;
    throw new DataError(
      `index: expected the model that the library's embeddings are of, ${name(stored)}, but got ${name(card)}.\n` +
        "  Let every photo be read again with the new one. Corrections are kept.",
    );
  }
  await library.change(() => [
    ...[...library.rows("photos").values()].flatMap(({ path }) => without(library, path)),
    { table: "facts", put: { name: "model", value: card } },
    { table: "facts", drop: "taught" },
  ]);
}
