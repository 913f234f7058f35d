import { existsSync } from "node:fs";
import { join } from "node:path";
import type { SetModel } from "@semblant/answers";
import { sqliteOf } from "../database/sqlite.ts";
import { hasIndex } from "../server/nearest.ts";
import { size as serverBytes, format as serverFormat } from "../server/tables.ts";
import { vectorProblems as vectorProblemsOfServer } from "../server/vectors.ts";
import { sidecarPath } from "../taught/files-beside.ts";
import { readSoundTaught } from "../taught/taught-file.ts";
import { measuredBefore } from "./approximate.ts";
import { damagedRows } from "./damaged-rows.ts";
import { isServer } from "./dialect.ts";
import { isUnfinished } from "./finish-forgetting.ts";
import type { LibraryFile } from "./open-file.ts";
import { schemaProblems, steps } from "./schema.ts";
import { type SealedTable, sealedTables } from "./seals.ts";
import { unsoundFaces } from "./unsound-faces.ts";
import { vectorProblems } from "./vector-problems.ts";

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

interface Checked {
  readonly root: string;
  readonly path: string;
  /** Undefined where nothing was indexed, or its card is damaged and no model at hand is the library's. */
  readonly model: SetModel | undefined;
  readonly vectors: boolean;
}

/**
 * Looks a library over: SQLite's own check, that the tables are those of its format, each row's checksum, that rows refer to rows, that
 * faces have what a reader writes, that search has the same embeddings, what it was taught, and that the photos are there. Changes nothing.
 */
export function checkLibrary(file: LibraryFile, parts: Checked): LibraryHealth {
  const { root, path, model } = parts;
  const problems: string[] = [];
  for (const look of isServer(file) ? ofServers : ofFiles) {
    try {
      problems.push(...look(file, parts));
    } catch (error) {
      if (!String((error as { code?: unknown }).code).startsWith("SQLITE_")) throw error;
      problems.push(`the file is damaged: ${(error as Error).message}`);
    }
  }
  const all = <T>(sql: string) => readAll<T>(file, sql);
  const paths = all<{ path: string }>("SELECT path FROM photos ORDER BY path").map((photo) => photo.path);
  const counted = (table: string) => all<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)[0]?.n ?? 0;
  return {
    photos: paths.length,
    faces: counted("faces"),
    corrections: counted("corrections"),
    format: isServer(file) ? serverFormat : steps.length,
    ...(model !== undefined && { model: model.card.name }),
    bytes: all<{ n: number }>(isServer(file) ? serverBytes : fileBytes)[0]?.n ?? 0,
    approximate: approximateOf(file, path),
    problems: [...new Set(problems)],
    missing: paths.filter((photo) => !existsSync(join(root, photo))),
    errors: all("SELECT path, reason FROM errors ORDER BY path"),
  };
}

const fileBytes = "SELECT page_count * page_size AS n FROM pragma_page_count(), pragma_page_size()";

function approximateOf(file: LibraryFile, path: string): LibraryHealth["approximate"] {
  if (isServer(file)) return hasIndex(file) ? "current" : "none"; // pgvector's index follows each row
  if (!existsSync(sidecarPath(path))) return "none";
  const [now] = readAll<{ value: unknown }>(file, "SELECT value FROM facts WHERE name = 'changes'");
  return measuredBefore(file)?.changes === now?.value ? "current" : "older than the faces";
}

/** No rows of what cannot be read: that was said. */
function readAll<T>(file: LibraryFile, sql: string): T[] {
  try {
    return file.prepare(sql).all() as T[];
  } catch (error) {
    if (String((error as { code?: unknown }).code).startsWith("SQLITE_")) return [];
    throw error;
  }
}

function* checkPages(file: LibraryFile): Generator<string> {
  for (const said of sqliteOf(file).pragma("integrity_check(20)") as { integrity_check: string }[]) {
    if (said.integrity_check !== "ok") yield `the file is damaged: ${said.integrity_check.split("\n").join("; ")}`;
  }
}

function* checkRows(file: LibraryFile): Generator<string> {
  for (const table of Object.keys(sealedTables) as SealedTable[]) for (const { name } of damagedRows(file, table)) yield `damaged: ${name}`;
}

function* checkReferences(file: LibraryFile): Generator<string> {
  const orphans = (sqliteOf(file).pragma("foreign_key_check") as unknown[]).length;
  if (orphans > 0) yield `${orphans} rows refer to rows that are not there`;
}

function* checkCounts(file: LibraryFile): Generator<string> {
  const short = file
    .prepare("SELECT count(*) FROM photos WHERE current = 1 AND faces <> (SELECT count(*) FROM faces f WHERE f.photo = photos.id)")
    .pluck()
    .get() as number;
  if (short > 0) yield `${short} photos have lost faces`;
}

function* checkModel(file: LibraryFile, { model }: Checked): Generator<string> {
  const [seen] = (isServer(file) ? [] : damagedRows(file, "facts")).filter(({ name }) => name.startsWith("the model's card"));
  const card = file.prepare("SELECT value FROM facts WHERE name = 'model'").pluck().get() as string | undefined;
  if (seen === undefined && card !== undefined && card !== JSON.stringify(model?.card)) yield "damaged: the model's card";
  if (card === undefined && file.prepare("SELECT 1 FROM faces LIMIT 1").get() !== undefined) yield "the model's card is missing";
}

function* checkFaces(file: LibraryFile, { model }: Checked): Generator<string> {
  if (model === undefined) return;
  for (const { id, path, part } of unsoundFaces(file, model.dimensions)) yield `damaged: face ${id} of ${path} (${part})`;
}

function checkSearch(file: LibraryFile, { vectors, model }: Checked): string[] {
  if (!vectors || model === undefined) return [];
  return isServer(file) ? vectorProblemsOfServer(file) : vectorProblems(file);
}

const checkTaught = (database: LibraryFile, { root, path, model }: Checked) =>
  model === undefined
    ? []
    : readSoundTaught({ root, library: path, database }, model).refused.map((wrong) => wrong.split("\n")[0] as string);

const checkForgotten = (file: LibraryFile) => (isUnfinished(file) ? ["bytes of what was forgotten are still in the file"] : []);

type Look = (file: LibraryFile, parts: Checked) => Iterable<string>;
const ofFiles: readonly Look[] = [
  checkPages,
  schemaProblems,
  checkRows,
  checkReferences,
  checkCounts,
  checkModel,
  checkFaces,
  checkSearch,
  checkTaught,
  checkForgotten,
];
/** A server sees to its pages, its rows and that they refer to each other. */
const ofServers: readonly Look[] = [checkCounts, checkModel, checkFaces, checkSearch, checkTaught];
