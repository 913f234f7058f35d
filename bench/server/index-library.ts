/**
 * A process that indexes photos by a reader that costs nothing, so that what is measured is the library: told so, as one of several
 * workers. Started by bench/server.ts; it begins when it is told to.
 */
import { openLibrary } from "@semblant/photos";

/** What is indexed, and how. */
export interface Indexing {
  readonly folder: string;
  readonly place?: string;
  /** Photos in work at a time. */
  readonly workers: number;
  /** Takes photos that another lists, until it is ended. */
  readonly asWorker: boolean;
}

/** What came of it. */
export interface Indexed {
  readonly seconds: number;
  readonly read: number;
}

if (process.send !== undefined) {
  const { folder, place, workers, asWorker } = JSON.parse(process.argv[2] as string) as Indexing;
  const reader = new URL("../cheap-reader.ts", import.meta.url);
  const library = await openLibrary(folder, { reader, ...(place !== undefined && { file: place }) });
  process.on("message", async () => {
    const began = performance.now();
    const steps = library.index({ workers, ...(asWorker && { asWorker, wait: true }) });
    let step = await steps.next();
    while (!step.done) step = await steps.next();
    process.send?.({ seconds: (performance.now() - began) / 1000, read: step.value.read } satisfies Indexed);
  });
  process.on("disconnect", () => process.exit(0));
  process.send("ready");
}
