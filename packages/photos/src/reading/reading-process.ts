/** The other end of `reader-process.ts`: opens a reader and reads photos with it, one at a time. Imported by another it does nothing. */
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { ModelCard } from "@semblant/faces";
import type { LibraryReader, Reading } from "./reading.ts";
import type { Watched } from "./reading-watch.ts";

/** A module whose `openReader` makes readers, and what it is given. */
export interface ReaderModule {
  readonly url: string;
  readonly options?: object;
}

/** What the process is started with. */
export interface ReadingTask {
  readonly module: ReaderModule;
  readonly watched: Watched;
}

/** What it is told: a photo to read, or whether it is to go on with the one whose hash it named. */
export type Order = { readonly place: string } | { readonly wanted: boolean };

export type Report =
  | { readonly card: ModelCard }
  | { readonly hash: string }
  | { readonly reading: Reading }
  | { readonly error: { readonly name: string; readonly message: string } };

/** What marks a process as one that reads, before its task. */
export const readingMark = "semblant-reads-photos";

/** Opens a reader by its module. */
export async function openByModule({ url, options }: ReaderModule): Promise<LibraryReader> {
  const { openReader } = (await import(url)) as { openReader: (options?: object) => Promise<LibraryReader> };
  return openReader(options);
}

const [, , mark, task] = process.argv;
if (mark === readingMark && task !== undefined && process.send !== undefined) await work(JSON.parse(task) as ReadingTask);

async function work({ module, watched }: ReadingTask): Promise<void> {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {}); // whoever started it ends it
  process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
  new Worker(new URL(`./reading-watch${extname(import.meta.url)}`, import.meta.url), {
    workerData: watched,
    resourceLimits: { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16 },
  });
  const say = (report: Report) => void process.send?.(report);
  let answer = (_wanted: boolean): void => {};
  try {
    const [reader, { readFaces }] = await Promise.all([openByModule(module), import("./reading.ts"), onlyPictures()]);
    const ask = (hash: string) => {
      say({ hash });
      return new Promise<boolean>((resolve) => {
        answer = resolve;
      });
    };
    process.on("message", (order: Order) => {
      if ("wanted" in order) return answer(order.wanted);
      readFaces(order.place, reader, ask).then((reading) => say({ reading }), fail);
    });
    say({ card: reader.model.card });
  } catch (error) {
    fail(error);
  }

  function fail(error: unknown): void {
    const { name, message } = error as Error;
    say({ error: { name, message } });
  }
}

/** Nothing in this process may unpack what is no photo, whatever a file pretends: SVG can draw for ever, and draw what lies beside it. */
async function onlyPictures(): Promise<void> {
  const { default: sharp } = await import("sharp");
  sharp.block({ operation: ["VipsForeignLoad"] });
  sharp.unblock({ operation: ["Jpeg", "Png", "Webp", "Tiff", "Heif", "Nsgif"].map((name) => `VipsForeignLoad${name}`) });
  sharp.cache(false); // no picture is read twice
}
