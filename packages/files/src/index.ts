// Arrays in and out: .npy, .parquet, .tsv

export { readEmbeddings } from "./arrays/read-embeddings.ts";
export { writeEmbeddings } from "./arrays/write-embeddings.ts";
