export { embeddingsAdvice, isEmbeddingsName, isOtherTable, readEmbeddings } from "./arrays/read-embeddings.ts";
export { checkEnding, writeEmbeddings } from "./arrays/write-embeddings.ts";
export { checkWritable } from "./check-writable.ts";
export { csvField } from "./csv-field.ts";
export { makeFolder } from "./make-folder.ts";
export { writeUnlessEdited } from "./write-unless-edited.ts";
export { writeWhole } from "./write-whole.ts";
export { makeNameDurable, writeAll, writeWholeSync } from "./write-whole-sync.ts";
