import { DataError, Embeddings } from "@semblant/core";
import { factsOf } from "./row-facts.ts";
import { singlePrecision } from "./single-precision.ts";

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
    throw new DataError(`${path}: ${unreadable(bytes, cause.message)}`, { cause });
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
    for (let j = 0; j < columns; j++) values[i * columns + j] = singlePrecision(path, i, list[j] as number);
  }
  const facts = new Map(names.filter((other) => other !== name).map((other) => [other, rows.map((row) => plain(row[other]))]));
  return new Embeddings(values, columns, factsOf(path, rows.length, facts));
}

/** What is wrong with a file that the reader gave up, in our words. */
function unreadable(bytes: Uint8Array, why: string): string {
  const codec = /compression codec: (\w+)/.exec(why)?.[1];
  if (codec !== undefined) {
    return (
      `expected Parquet without compression or by Snappy, but it is compressed by ${codec}.\n` +
      `  From pandas: to_parquet(path, compression="snappy")`
    );
  }
  const mark = (from: number) => String.fromCharCode(...bytes.subarray(from, from + 4));
  if (mark(0) === "PARE") return "expected a Parquet file, but it is encrypted.";
  if (mark(0) !== "PAR1") return "expected a Parquet file, but got another.";
  const cut = bytes.length < 12 || mark(bytes.length - 4) !== "PAR1";
  return `expected a whole Parquet file, but it cannot be read: it is ${cut ? "cut short" : "damaged"}.`;
}

function numbersIn(value: unknown): ArrayLike<number> | undefined {
  if (value instanceof BigInt64Array || value instanceof BigUint64Array) return Array.from(value, Number);
  const list = value as ArrayLike<number> | undefined;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return list;
  if (!Array.isArray(value) || value.length === 0) return undefined;
  if (value.every((number) => typeof number === "number")) return list;
  return value.every((number) => typeof number === "bigint") ? value.map(Number) : undefined;
}

const plain = (value: unknown): string => (value === null || value === undefined ? "" : String(value));
