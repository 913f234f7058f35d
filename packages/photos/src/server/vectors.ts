import type { Database } from "../database/database.ts";

/** Faces whose vectors are written at once. */
const atOnce = 1000;

/** The index for approximate search, over `vectors`. */
export const nearIndex = "vectors_near";

/**
 * An embedding as the text that pgvector reads.
 *
 * @param bytes numbers of 32 bits, the lowest byte first
 */
export function vectorText(bytes: Uint8Array): string {
  return `[${new Float32Array(Uint8Array.from(bytes).buffer).join(",")}]`;
}

/** Gives faces their vectors. */
export function addVectors(database: Database, faces: readonly (readonly [face: number, embedding: Uint8Array])[]): void {
  database
    .prepare(
      "INSERT INTO vectors (face, embedding) SELECT CAST(row ->> 0 AS BIGINT), CAST(row ->> 1 AS vector) " +
        "FROM json_array_elements(CAST(? AS JSON)) row",
    )
    .run(JSON.stringify(faces.map(([face, embedding]) => [face, vectorText(embedding)])));
}

/** Gives a face the vector of another. */
export function copyVector(database: Database, copy: number, face: number): void {
  database.prepare("INSERT INTO vectors (face, embedding) SELECT ?, embedding FROM vectors WHERE face = ?").run(copy, face);
}

/** Makes the table anew of the faces' own embeddings. The index goes: the next approximate search makes it. */
export function remakeVectors(database: Database, dimensions: number): void {
  database
    .transaction(() => {
      database.exec(`DROP INDEX IF EXISTS ${nearIndex}; DELETE FROM vectors`);
      const some = database.prepare("SELECT id, embedding FROM faces WHERE id > ? AND length(embedding) = ? ORDER BY id LIMIT ?").raw();
      for (let last = 0; ; ) {
        const rows = some.all(last, 4 * dimensions, atOnce) as [number, Buffer][];
        const end = rows.at(-1);
        if (end === undefined) return;
        last = end[0];
        addVectors(database, rows);
      }
    })
    .immediate();
}

/** What is wrong with the table: that it holds the faces' embeddings. */
export function vectorProblems(database: Database): string[] {
  const one = (sql: string) => database.prepare(sql).pluck().get() as number;
  const missing = one("SELECT count(*) FROM faces f WHERE NOT EXISTS (SELECT 1 FROM vectors v WHERE v.face = f.id)");
  const other = differingVectors(database);
  const parts = [missing > 0 ? `${missing} faces are not in it` : "", other > 0 ? `${other} of its rows differ from their face's` : ""];
  const said = parts.filter((part) => part !== "");
  return said.length === 0 ? [] : [`the table that search reads is not that of the faces: ${said.join(", ")}`];
}

function differingVectors(database: Database): number {
  const some = database
    .prepare(
      "SELECT f.id, f.embedding, CAST(v.embedding AS TEXT) FROM faces f JOIN vectors v ON v.face = f.id " +
        "WHERE f.id > ? ORDER BY f.id LIMIT ?",
    )
    .raw();
  let differing = 0;
  for (let last = 0; ; ) {
    const rows = some.all(last, atOnce) as [number, Buffer, string][];
    const end = rows.at(-1);
    if (end === undefined) return differing;
    last = end[0];
    for (const [, embedding, vector] of rows) if (!sameNumbers(embedding, vector)) differing++;
  }
}

/** pgvector writes the shortest text that is read as the same number of 32 bits. */
function sameNumbers(embedding: Buffer, vector: string): boolean {
  const there = Float32Array.from(JSON.parse(vector) as number[]);
  return Buffer.from(there.buffer).equals(embedding);
}
