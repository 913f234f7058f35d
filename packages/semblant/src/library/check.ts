import { existsSync } from "node:fs";
import { join } from "node:path";
import { sidecarPath } from "./approximate.ts";
import type { LibraryFile } from "./open-file.ts";
import { steps } from "./schema.ts";

/** How a library is. */
export interface LibraryHealth {
  readonly photos: number;
  readonly faces: number;
  readonly corrections: number;
  readonly format: number;
  /** Of the model that made the embeddings; absent where nothing was indexed. */
  readonly model?: string;
  readonly bytes: number;
  readonly approximate: "none" | "current" | "older than the faces";
  /** What is wrong with the library itself; `semblant library repair` mends it. */
  readonly problems: readonly string[];
  /** Photos it knows whose files are not there now; the next index drops them. */
  readonly missing: readonly string[];
  /** Files that could not be read. */
  readonly errors: readonly { readonly path: string; readonly reason: string }[];
}

/**
 * Looks a library over: SQLite's own check, that rows refer to rows, that embeddings are whole and search has the same ones, and that
 * the photos are there. Changes nothing.
 */
export function checkLibrary(
  file: LibraryFile,
  {
    root,
    path,
    dimensions,
    model,
    vectors,
  }: {
    readonly root: string;
    readonly path: string;
    readonly dimensions: number | undefined;
    readonly model: string | undefined;
    readonly vectors: boolean;
  },
): LibraryHealth {
  const one = (sql: string, ...values: unknown[]) =>
    file
      .prepare(sql)
      .pluck()
      .get(...values) as number;
  const problems: string[] = [];
  for (const said of file.pragma("integrity_check(20)", { simple: false }) as { integrity_check: string }[]) {
    if (said.integrity_check !== "ok") problems.push(`the file is damaged: ${said.integrity_check.split("\n").join("; ")}`);
  }
  const orphans = (file.pragma("foreign_key_check") as unknown[]).length;
  if (orphans > 0) problems.push(`${orphans} rows refer to rows that are not there`);
  const short = one("SELECT count(*) FROM photos WHERE current = 1 AND faces <> (SELECT count(*) FROM faces f WHERE f.photo = photos.id)");
  if (short > 0) problems.push(`${short} photos have lost faces`);
  if (dimensions !== undefined) {
    const odd = one("SELECT count(*) FROM faces WHERE length(embedding) <> ?", dimensions * 4);
    if (odd > 0) problems.push(`${odd} embeddings are not of ${dimensions} numbers`);
    if (vectors) problems.push(...vectorProblems(file));
  }
  const changes = file.prepare("SELECT value FROM facts WHERE name = 'changes'").pluck().get();
  const made = JSON.parse(
    (file.prepare("SELECT value FROM facts WHERE name = 'approximate'").pluck().get() as string | undefined) ?? "null",
  );
  const paths = file.prepare("SELECT path FROM photos ORDER BY path").pluck().all() as string[];
  return {
    photos: paths.length,
    faces: one("SELECT count(*) FROM faces"),
    corrections: one("SELECT count(*) FROM corrections"),
    format: steps.length,
    ...(model !== undefined && { model }),
    bytes: one("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"),
    approximate: !existsSync(sidecarPath(path)) ? "none" : made?.changes === changes ? "current" : "older than the faces",
    problems,
    missing: paths.filter((photo) => !existsSync(join(root, photo))),
    errors: file.prepare("SELECT path, reason FROM errors ORDER BY path").all() as { path: string; reason: string }[],
  };
}

function vectorProblems(file: LibraryFile): string[] {
  try {
    const without = file.prepare("SELECT count(*) FROM faces WHERE id NOT IN (SELECT rowid FROM vectors)").pluck().get() as number;
    const stray = file.prepare("SELECT count(*) FROM vectors WHERE rowid NOT IN (SELECT id FROM faces)").pluck().get() as number;
    const other = file
      .prepare("SELECT count(*) FROM faces f JOIN vectors v ON v.rowid = f.id WHERE v.embedding <> f.embedding")
      .pluck()
      .get() as number;
    const parts = [
      without > 0 ? `${without} faces are not in it` : "",
      stray > 0 ? `${stray} of its rows are of no face` : "",
      other > 0 ? `${other} of its rows differ from their face's` : "",
    ].filter((part) => part !== "");
    return parts.length === 0 ? [] : [`the table that search reads is not that of the faces: ${parts.join(", ")}`];
  } catch (error) {
    return [`the table that search reads cannot be read: ${(error as Error).message}`];
  }
}
