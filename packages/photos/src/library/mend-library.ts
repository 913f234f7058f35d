import type { ModelCard } from "@semblant/faces";
import { sqliteOf } from "../database/sqlite.ts";
import { dropApproximate } from "./approximate.ts";
import { type DamagedRow, damagedRows, dropRow, writeMended } from "./damaged-rows.ts";
import { isServer } from "./dialect.ts";
import { dropFact, noteChanged, noteMended } from "./facts.ts";
import { finishForgetting, isUnfinished } from "./finish-forgetting.ts";
import { readIfWhole, takeCard } from "./library-model.ts";
import { markAll } from "./marks.ts";
import { mendOnServer } from "./mend-server.ts";
import type { Mended } from "./mended.ts";
import type { LibraryFile } from "./open-file.ts";
import { type SealedTable, sealedTables } from "./seals.ts";
import { unsoundFaces } from "./unsound-faces.ts";
import { remakeVectors } from "./vector-table.ts";

/**
 * Mends rows by their checksums, which tell where a single byte was changed; an embedding comes from search's table too, the model's card
 * from a model at hand. Of photos and faces that cannot be mended the photo is read again by the next index. Then search's table,
 * indexes and the file are made anew.
 *
 * @param card the library's model's, where the one that is kept is damaged
 */
export function mendLibrary(
  file: LibraryFile,
  { path, card, vectors }: { readonly path: string; readonly card: ModelCard | undefined; readonly vectors: boolean },
): Mended {
  if (isServer(file)) return mendOnServer(file);
  const done = { mended: [] as string[], reread: [] as string[], lost: [] as string[] };
  file.exec("REINDEX");
  file
    .transaction(() => {
      for (const table of Object.keys(sealedTables) as SealedTable[]) {
        for (const row of damagedRows(file, table)) {
          if (row.mended !== undefined && settled(file, row)) done.mended.push(row.name);
          else if (takenFromSearch(file, row, vectors)) done.mended.push(`${row.name} (embedding)`);
          else drop(file, row, done);
        }
      }
      if (card !== undefined) {
        takeCard(file, card);
        done.mended.push("the model's card");
      }
      dropUnsound(file, done.reread);
      if (done.mended.length + done.reread.length > 0) markAll(file);
      noteMended(file);
      dropFact(file, "approximate");
      file.exec(
        `DELETE FROM corrections WHERE path IS NULL AND NOT EXISTS (SELECT 1 FROM targets t WHERE t.correction = corrections.id);
         UPDATE sqlite_sequence SET seq = coalesce((SELECT max(id) FROM faces), 0)
          WHERE name = 'faces' AND typeof(seq) <> 'integer' OR seq > 9007199254740991;
         UPDATE photos SET current = 0 WHERE faces <> (SELECT count(*) FROM faces f WHERE f.photo = photos.id)`,
      );
      noteChanged(file);
    })
    .immediate();
  const dimensions = readIfWhole(file)?.dimensions;
  if (isUnfinished(file)) finishForgetting(file, { path, dimensions, vectors });
  else {
    dropApproximate(path);
    if (dimensions !== undefined && vectors) remakeVectors(file, dimensions);
    file.exec("VACUUM");
    sqliteOf(file).pragma("wal_checkpoint(TRUNCATE)");
  }
  const photos = file.prepare("SELECT count(*) FROM photos WHERE current = 0").pluck().get() as number;
  return { ...done, photos: photos + done.reread.filter((name) => name.startsWith("photo ")).length };
}

/** Writes a row as it was, unless another has its place by now. */
function settled(file: LibraryFile, row: DamagedRow): boolean {
  try {
    writeMended(file, row);
    return true;
  } catch (error) {
    if (String((error as { code?: unknown }).code).startsWith("SQLITE_CONSTRAINT")) return false;
    throw error;
  }
}

/** Search's table has each embedding once more: it is taken where it makes the row's checksum right. */
function takenFromSearch(file: LibraryFile, { table, key }: DamagedRow, vectors: boolean): boolean {
  if (table !== "faces" || !vectors) return false;
  const { columns } = sealedTables.faces;
  const others = columns.map((column) => (column === "embedding" ? "v.embedding" : `f.${column}`));
  try {
    const sql = `UPDATE faces SET embedding = (SELECT embedding FROM vectors WHERE rowid = faces.id) WHERE id = ? AND id IN
      (SELECT f.id FROM faces f JOIN vectors v ON v.rowid = f.id WHERE f.id = ? AND f.seal = row_seal(${others.join(", ")}))`;
    return file.prepare(sql).run(key[0], key[0]).changes === 1;
  } catch {
    return false; // search's table is damaged itself
  }
}

function drop(file: LibraryFile, row: DamagedRow, done: { reread: string[]; lost: string[] }): void {
  dropRow(file, row);
  if (row.table === "photos" || row.table === "faces") done.reread.push(row.name);
  if (row.table === "corrections" || row.table === "targets" || row.table === "documents") done.lost.push(row.name);
}

/** Faces from before there were checksums that no reader writes so. */
function dropUnsound(file: LibraryFile, reread: string[]): void {
  const dimensions = readIfWhole(file)?.dimensions;
  if (dimensions === undefined) return;
  const drop = file.prepare("DELETE FROM faces WHERE id = ?");
  for (const { id, path, part } of unsoundFaces(file, dimensions)) {
    drop.run(id);
    reread.push(`face ${id} of ${path} (${part})`);
  }
}
