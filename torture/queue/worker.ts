/** A process that indexes a folder into a server's library with the reader of pixels, as the walk or as one of its workers. */
import { openReader } from "../../packages/photos/src/library/fixtures/pixel-reader.ts";
import { openLibrary } from "../../packages/photos/src/library/library.ts";

const [folder, file, role] = process.argv.slice(2) as [string, string, "index" | "worker"];
const library = await openLibrary(folder, { file, reader: openReader });
const options = role === "worker" ? { asWorker: true, wait: true } : {};
for await (const { path } of library.index({ ...options, workers: 2 })) process.stdout.write(`${path}\n`);
library.close();
