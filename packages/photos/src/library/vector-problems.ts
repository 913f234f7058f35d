import type { LibraryFile } from "./open-file.ts";

/** What is wrong with sqlite-vec's table: that it holds the faces' embeddings, and finds each by the number of its face. */
export function vectorProblems(file: LibraryFile): string[] {
  try {
    const one = (sql: string) => file.prepare(sql).pluck().get() as number;
    const without = one("SELECT count(*) FROM faces WHERE id NOT IN (SELECT rowid FROM vectors)");
    const stray = one("SELECT count(*) FROM vectors WHERE rowid NOT IN (SELECT id FROM faces)");
    const other = one("SELECT count(*) FROM faces f JOIN vectors v ON v.rowid = f.id WHERE v.embedding <> f.embedding");
    const misplaced = misplacedRows(file);
    const parts = [
      without > 0 ? `${without} faces are not in it` : "",
      stray > 0 ? `${stray} of its rows are of no face` : "",
      other > 0 ? `${other} of its rows differ from their face's` : "",
      misplaced > 0 ? `${misplaced} of its places are of another row` : "",
    ].filter((part) => part !== "");
    return parts.length === 0 ? [] : [`the table that search reads is not that of the faces: ${parts.join(", ")}`];
  } catch (error) {
    return [`the table that search reads cannot be read: ${(error as Error).message}`];
  }
}

interface Chunk {
  readonly chunk_id: number;
  readonly size: number;
  /** A bit a place: whether it is taken. */
  readonly validity: Buffer;
  /** The row at each place, as 64-bit numbers. */
  readonly rowids: Buffer;
}

/** Places of the blocks that search runs through whose row is elsewhere by the table of rows. */
function misplacedRows(file: LibraryFile): number {
  const place = file.prepare("SELECT chunk_id, chunk_offset FROM vectors_rowids WHERE rowid = ?").raw();
  let [misplaced, taken] = [0, 0];
  for (const { chunk_id, size, validity, rowids } of file.prepare("SELECT * FROM vectors_chunks").all() as Chunk[]) {
    if (validity.length * 8 !== size || rowids.length !== size * 8) return size;
    for (let i = 0; i < size; i++) {
      if ((((validity[i >> 3] as number) >> (i & 7)) & 1) === 0) continue;
      taken++;
      const [chunk, offset] = (place.get(rowids.readBigInt64LE(8 * i)) as [number, number] | undefined) ?? [];
      if (chunk !== chunk_id || offset !== i) misplaced++;
    }
  }
  const rows = file.prepare("SELECT count(*) FROM vectors_rowids").pluck().get() as number;
  return misplaced + Math.abs(rows - taken);
}
