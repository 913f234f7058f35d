import { isAbsolute, relative, resolve, sep } from "node:path";
import type { SetModel } from "@semblant/answers";
import { DataError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import { readSoundTaught } from "../taught/taught-file.ts";
import { dropFact, noteChanged } from "./facts.ts";
import { finishForgetting, noteUnfinished } from "./finish-forgetting.ts";
import { forgetDocuments } from "./forget-documents.ts";
import type { LibraryFile } from "./open-file.ts";

/** What {@link forgetPath} removed. */
export interface Forgotten {
  readonly path: string;
  readonly photos: number;
  readonly faces: number;
  readonly corrections: number;
  /** Paths of copies of the same photos elsewhere, which stay. */
  readonly copies: readonly string[];
  /** Classes that were taught, which stay: each is the mean of its examples, which may have been among the forgotten. */
  readonly taught: readonly string[];
  /** Names of documents that named it and went with it; absent where none did. */
  readonly documents?: readonly string[];
}

/**
 * Removes every trace of a photo, or of a folder with all that is in it: rows, embeddings, what corrections said of them, the index and
 * copies of the file beside the library; and writes the file anew, so that none of its bytes remain. The photos themselves are not
 * touched. Killed in between, the next command that may write ends it.
 *
 * @param path from the library's folder, or absolute; `.` is everything
 * @throws DataError if the library knows nothing of it
 */
export function forgetPath(
  file: LibraryFile,
  given: string,
  {
    root,
    path: place,
    model,
    vectors,
    finished,
  }: {
    readonly root: string;
    readonly path: string;
    readonly model: SetModel | undefined;
    readonly vectors: boolean;
    /** Whether this command ended what an earlier forgetting had left: then nothing more may be there to forget. */
    readonly finished: boolean;
  },
): Forgotten {
  const path = withinLibrary(root, given);
  const taught =
    model === undefined ? [] : readSoundTaught({ root, library: place, database: file }, model).classes.map(({ name }) => name);
  const under = (column: string) => `(@path = '' OR ${column} = @path OR substr(${column}, 1, length(@path) + 1) = @path || '/')`;
  const forgotten = file
    .transaction((): Forgotten => {
      const photos = file.prepare(`SELECT id, hash FROM photos WHERE ${under("path")}`).all({ path }) as { id: number; hash: string }[];
      const others = ["errors", "reading"].map(
        (table) => file.prepare(`DELETE FROM ${table} WHERE ${under("path")}`).run({ path }).changes,
      );
      const rules = file.prepare(`DELETE FROM corrections WHERE path IS NOT NULL AND ${under("path")}`).run({ path }).changes;
      const nothing = photos.length + rules + others.reduce((a, b) => a + b) === 0;
      if (nothing && finished) return { path: path === "" ? "." : path, photos: 0, faces: 0, corrections: 0, copies: [], taught };
      if (nothing) {
        throw new DataError(`library forget: expected a photo or folder of the library, but it knows nothing of ${show(given)}.`);
      }
      const faces = file
        .prepare(`SELECT count(*) FROM faces f JOIN photos p ON p.id = f.photo WHERE ${under("p.path")}`)
        .pluck()
        .get({ path }) as number;
      file.prepare(`DELETE FROM photos WHERE ${under("path")}`).run({ path });
      const copies = file.prepare("SELECT path FROM photos WHERE hash = ? ORDER BY path").pluck();
      const kept = new Set<string>();
      for (const hash of new Set(photos.map((photo) => photo.hash))) {
        const same = copies.all(hash) as string[];
        for (const copy of same) kept.add(copy);
        if (same.length === 0) file.prepare("DELETE FROM targets WHERE hash = ?").run(hash);
      }
      const empty = file
        .prepare("DELETE FROM corrections WHERE path IS NULL AND NOT EXISTS (SELECT 1 FROM targets t WHERE t.correction = corrections.id)")
        .run().changes;
      dropFact(file, "approximate");
      if (path === "") dropFact(file, "exclude"); // a pattern may be a folder's name
      const documents = forgetDocuments(file, { path, hashes: photos.map(({ hash }) => hash) });
      noteUnfinished(file);
      noteChanged(file);
      const forgotten = {
        path: path === "" ? "." : path,
        photos: photos.length,
        faces,
        corrections: rules + empty,
        copies: [...kept],
        taught,
      };
      return documents.length === 0 ? forgotten : { ...forgotten, documents };
    })
    .immediate();
  finishForgetting(file, { path: place, dimensions: model?.dimensions, vectors });
  return forgotten;
}

/** A path as the library writes it; '' for the whole. */
export function withinLibrary(root: string, path: string): string {
  const inside = isAbsolute(path) ? relative(resolve(root), path) : relative(resolve(root), resolve(root, path));
  if (inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    throw new DataError(`library: expected a path in ${root}, but got ${show(path)}.`);
  }
  return inside.split(sep).join("/");
}
