import { extname } from "node:path";
import { type Embeddings, OptionError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import { writeWhole } from "../write-whole.ts";
import { npy } from "./npy.ts";
import { metadataTsv, tsv } from "./tsv.ts";

/** The endings that {@link writeEmbeddings} knows. */
export const embeddingEndings = [".npy", ".parquet", ".tsv"] as const;

/**
 * Writes the embeddings in the format that the file's ending names, each file whole or not at all.
 * NPY and TSV hold the vectors alone, so `NAME.metadata.tsv` beside them holds what is known of each row.
 *
 * @returns the files written
 * @throws OptionError if the ending is none of {@link embeddingEndings}
 *
 * @example
 * await writeEmbeddings("faces.tsv", new Embeddings(Float32Array.of(0, 1), 2)); // ["faces.tsv", "faces.metadata.tsv"]
 */
export async function writeEmbeddings(path: string, X: Embeddings): Promise<string[]> {
  const ending = checkEnding(path);
  if (ending === ".parquet") {
    const { parquet } = await import("./parquet.ts");
    await writeWhole(path, parquet(X));
    return [path];
  }
  const metadata = `${path.slice(0, -ending.length)}.metadata.tsv`;
  await writeWhole(metadata, metadataTsv(X));
  await writeWhole(path, ending === ".npy" ? npy(X) : tsv(X));
  return [path, metadata];
}

/** The file's ending, before an hour of work goes into it. */
export function checkEnding(path: string): (typeof embeddingEndings)[number] {
  const ending = embeddingEndings.find((known) => known === extname(path).toLowerCase());
  if (ending !== undefined) return ending;
  throw new OptionError(`embed: expected --out to end in ${embeddingEndings.slice(0, -1).join(", ")} or .tsv, but got ${show(path)}.`);
}
