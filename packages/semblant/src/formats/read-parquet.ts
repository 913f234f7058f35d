import { DataError, Embeddings } from "@semblant/core";
import { factsOf } from "./row-facts.ts";

/**
 * The rows of a Parquet file: the column `embedding`, or else the only one that holds lists of numbers; `id`, `label`, `class` and
 * `votes_…` beside it as far as they are there.
 *
 * @throws DataError if it is none, has no such column or several, or its lists differ in length
 */
export async function readParquet(path: string, bytes: Uint8Array): Promise<Embeddings> {
  const { parquetReadObjects } = await import("hyparquet");
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const rows = await parquetReadObjects({ file }).catch((cause: Error) => {
    throw new DataError(`${path}: expected a whole Parquet file, but it cannot be read (${cause.message.split("\n")[0]}).`, { cause });
  });
  if (rows.length === 0) throw new DataError(`${path}: expected rows, but it has none.`);
  const names = Object.keys(rows[0] as object);
  const lists = names.filter((name) => numbersIn(rows[0]?.[name]) !== undefined);
  const name = lists.includes("embedding") ? "embedding" : lists[0];
  if (name === undefined || (lists.length > 1 && name !== "embedding")) {
    const got = lists.length > 1 ? `several (${lists.join(", ")})` : `none among ${names.join(", ")}`;
    throw new DataError(`${path}: expected a column "embedding" with lists of numbers, but got ${got}.`);
  }
  const columns = (numbersIn(rows[0]?.[name]) as ArrayLike<number>).length;
  const values = new Float32Array(rows.length * columns);
  for (const [i, row] of rows.entries()) {
    const list = numbersIn(row[name]);
    if (list?.length !== columns)
      throw new DataError(`${path}: expected ${columns} numbers in each row of ${name}, but row ${i} has ${list?.length ?? "none"}.`);
    values.set(list, i * columns);
  }
  const facts = new Map(names.filter((other) => other !== name).map((other) => [other, rows.map((row) => plain(row[other]))]));
  return new Embeddings(values, columns, factsOf(path, rows.length, facts));
}

function numbersIn(value: unknown): ArrayLike<number> | undefined {
  const list = value as ArrayLike<number> | undefined;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return list;
  return Array.isArray(value) && value.length > 0 && value.every((number) => typeof number === "number") ? list : undefined;
}

const plain = (value: unknown): string => (value === null || value === undefined ? "" : String(value));
