import { readFile, stat } from "node:fs/promises";
import { extname } from "node:path";
import { DataError, Embeddings, OptionError } from "@semblant/core";
import { inFileWords, show } from "@semblant/core/internals";
import { factsOf } from "./row-facts.ts";
import { embeddingEndings } from "./write-embeddings.ts";

const largest = 2 ** 31;

/** Whether a name has the ending of exported embeddings. */
export function isEmbeddingsName(path: string): boolean {
  return (embeddingEndings as readonly string[]).includes(extname(path).toLowerCase());
}

/** Whether a name is that of a table or of arrays that are not read. */
export function isOtherTable(path: string): boolean {
  return /\.(npz|csv|txt|dat|jsonl?|h5|hdf5|feather|arrow|pkl|pickle|pt|mat|xlsx?)$/i.test(path);
}

/** What embeddings are read from, for who has them in another file. */
export const embeddingsAdvice = `\n  Embeddings are read from ${embeddingEndings.join(", ")}.`;

/**
 * Embeddings from a file, as {@link writeEmbeddings} and other programs write them: NumPy's `.npy` of shape (rows, columns), Parquet with a
 * column of lists, or lines of numbers with tabs between (`.tsv`). Beside `.npy` and `.tsv`, `NAME.metadata.tsv` says the rows' ids,
 * labels and votes, where it is there.
 *
 * @throws OptionError if the ending is none of these
 * @throws DataError if the file is not there, is not what its ending says, or holds NaN or an infinite value
 *
 * @example
 * await readEmbeddings("none.npy"); // throws DataError: none.npy: expected to use it, but there is no such file or folder (ENOENT).
 */
export async function readEmbeddings(path: string): Promise<Embeddings> {
  const ending = extname(path).toLowerCase();
  if (!isEmbeddingsName(path)) {
    throw new OptionError(`embeddings: expected a file that ends in ${embeddingEndings.join(", ")}, but got ${show(path)}.`);
  }
  const bytes = await bytesOf(path);
  return ending === ".parquet" ? parquetFrom(path, bytes) : plainFrom(path, ending, bytes);
}

async function parquetFrom(path: string, bytes: Uint8Array): Promise<Embeddings> {
  const { readParquetApart } = await import("./read-parquet-apart.ts");
  return readParquetApart(path, bytes);
}

async function plainFrom(path: string, ending: string, bytes: Uint8Array): Promise<Embeddings> {
  const [{ readNpy }, { readMetadata, readTsv }] = await Promise.all([import("./read-npy.ts"), import("./read-tsv.ts")]);
  const X = ending === ".npy" ? readNpy(path, bytes) : readTsv(path, textOf(bytes));
  const beside = `${path.slice(0, -ending.length)}.metadata.tsv`;
  const there = await stat(beside).catch(() => undefined);
  if (there === undefined) return X;
  const facts = factsOf(beside, X.rows, readMetadata(beside, textOf(await bytesOf(beside)), X.rows));
  return new Embeddings(X.values, X.columns, facts);
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > largest) throw new DataError(`${path}: expected at most 2 GiB, but it has ${(size / 2 ** 30).toFixed(1)} GiB.`);
    return await readFile(path);
  } catch (error) {
    throw inFileWords(error, path);
  }
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
