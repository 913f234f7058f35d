/** What the packages of Semblant share among themselves. There is no promise about any of it: it may change with every version. */

// Arrays in and out: .npy, .parquet, .tsv

export { embeddingsAdvice, isEmbeddingsName, isOtherTable } from "./arrays/read-embeddings.ts";
export { checkEnding } from "./arrays/write-embeddings.ts";

// Files written whole or not at all

export { checkWritable } from "./check-writable.ts";
export { makeFolder } from "./make-folder.ts";
export { userCacheFolder } from "./user-cache-folder.ts";
export { writeUnlessEdited } from "./write-unless-edited.ts";
export { writeWhole } from "./write-whole.ts";
export { writeAll, writeWholeSync } from "./write-whole-sync.ts";
