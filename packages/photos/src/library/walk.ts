import type { Patience } from "../queue/patience.ts";
import type { Found } from "./find-photos.ts";
import type { LibraryFile } from "./open-file.ts";
import { failedAnew } from "./photo-rows.ts";
import { closelyRead, rememberedSmallest } from "./smallest-face.ts";
import type { TriedWith } from "./tried-with.ts";

/**
 * A walk through the folder: what it found is rows of the table `found` under its key, so that memory stays as it is. `file-walk.ts` has
 * it beside a file's library, for one alone; `server-walk.ts` has it on a server, where others walk and read at the same time.
 */
export interface Walk {
  readonly key: number;
  /** Which rows `f` of `found` say that a file is there: those of this walk, or of all; a condition. */
  readonly scope: string;
  /** The table of what it listed. */
  readonly listed: "todo" | "jobs";
  /**
   * Lists what has changed or is new; of files that failed before, those that changed, and those that were tried with something else.
   *
   * @param tried what photos are tried with now; undefined to try all that failed
   * @returns how many photos are to be read
   */
  list(tried: TriedWith | undefined): number;
  /** Whether there is no longer a file at a path, as far as those who walk could see. */
  isGone(path: string): boolean;
  /** Whether what it found is still there: false where others took it for ended, as while the line was lost. */
  stands(): boolean;
  /** Lets go of what it found. */
  end(): void;
}

/** What a walk came upon beside photos. */
export interface Noted {
  /** Links that lead out of the folder. */
  readonly links: readonly string[];
  /** How many places cannot be read that had not failed before. */
  readonly failed: number;
}

/** How many are kept at once: on a server each question takes its time. */
const together = 200;

/** Keeps what is found. */
export async function noteFound(
  file: LibraryFile,
  { key }: Walk,
  {
    found,
    patience,
    signal,
  }: { readonly found: AsyncIterable<Found>; readonly patience: Patience; readonly signal: AbortSignal | undefined },
): Promise<Noted> {
  const links: string[] = [];
  let failed = 0;
  const fail = file.prepare(`INSERT INTO errors (path, bytes, modified, reason) VALUES (?, 0, 0, ?) ${failedAnew}`);
  const failedBefore = file.prepare("SELECT 1 FROM errors WHERE path = ?");
  const note = file.transaction((batch: readonly Found[]) => {
    let fresh = 0;
    for (const one of batch) {
      if (!("reason" in one)) continue;
      if (failedBefore.get(one.path) === undefined) fresh++;
      fail.run(one.path, one.reason);
    }
    const rows = batch.map(() => "(?, ?, ?, ?, ?, ?)").join(", ");
    file
      .prepare(`INSERT INTO found (walk, path, bytes, modified, reason, folder) VALUES ${rows} ON CONFLICT (walk, path) DO NOTHING`)
      .run(...batch.flatMap((one) => [key, ...rowOf(one)]));
    return fresh;
  });
  const keep = async (batch: readonly Found[]) => {
    if (batch.length > 0) failed += await patience.ask(() => note.concurrent(batch));
    for (const one of batch) if ("linkOut" in one) links.push(one.path);
  };
  let batch: Found[] = [];
  for await (const one of found) {
    signal?.throwIfAborted();
    batch.push(one);
    if (batch.length < together) continue;
    await keep(batch);
    batch = [];
  }
  await keep(batch);
  return { links: links.sort(), failed };
}

function rowOf(one: Found): (string | number | null)[] {
  // A link is as a folder that cannot be read now: what is known behind it stays.
  if ("linkOut" in one) return [one.path, null, null, "not followed", 1];
  if ("reason" in one) return [one.path, null, null, one.reason, one.folder ? 1 : 0];
  return [one.path, one.bytes, one.modified, null, 0];
}

/** What of a walk is to be read, as rows of `path, bytes, modified`. */
export const toRead = `
  FROM found f WHERE walk = @walk AND reason IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM photos t
    WHERE t.path = f.path AND t.bytes = f.bytes AND t.modified = f.modified AND t.current = 1 AND ${closelyRead("@smallest")}
  )
  AND NOT EXISTS (
    SELECT 1 FROM errors t JOIN tried ON tried.path = t.path
    WHERE t.path = f.path AND t.bytes = f.bytes AND t.modified = f.modified AND tried."with" IN (@decoders, @process)
  )`;

/** What {@link toRead} is given. */
export const givenToRead = (file: LibraryFile, key: number, tried: TriedWith | undefined) => ({
  walk: key,
  decoders: tried?.decoders ?? null,
  process: tried?.process ?? null,
  smallest: rememberedSmallest(file) ?? null,
});

/** That a path `t.path` was found, or a folder above it that cannot be read now: a condition. */
export const isFound = ({ scope }: Pick<Walk, "scope">): string =>
  `(EXISTS (SELECT 1 FROM found f WHERE ${scope} AND f.path = t.path)
    OR EXISTS (SELECT 1 FROM found f WHERE ${scope} AND f.folder = 1 AND substr(t.path, 1, length(f.path) + 1) = f.path || '/'))`;

/** What a path is asked by, by itself. */
export function whetherFound(file: LibraryFile, scope: string): (path: string) => boolean {
  const there = file.prepare(`SELECT 1 FROM found f WHERE ${scope} AND f.path = ? LIMIT 1`);
  const behind = file.prepare(
    `SELECT 1 FROM found f WHERE ${scope} AND f.folder = 1 AND substr(CAST(@path AS TEXT), 1, length(f.path) + 1) = f.path || '/' LIMIT 1`,
  );
  return (path) => there.get(path) !== undefined || behind.get({ path }) !== undefined;
}
