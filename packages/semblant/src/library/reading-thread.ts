/** The other end of `readers.ts`: opens a reader and reads photos with it, one at a time. Imported on a main thread it does nothing. */
import { isMainThread, type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { ModelCard } from "@semblant/faces";
import type { LibraryReader, Reading } from "./reading.ts";

/** A module whose `openReader` makes readers, and what it is given. */
export interface ReaderModule {
  readonly url: string;
  readonly options?: object;
}

/** What a thread is told: a photo to read, or whether it is to go on with the one whose hash it named. */
export type Order = { readonly place: string } | { readonly wanted: boolean };

export type Report =
  | { readonly card: ModelCard }
  | { readonly hash: string }
  | { readonly reading: Reading }
  | { readonly error: { readonly name: string; readonly message: string } };

/** Opens a reader by its module. */
export async function openByModule({ url, options }: ReaderModule): Promise<LibraryReader> {
  const { openReader } = (await import(url)) as { openReader: (options?: object) => Promise<LibraryReader> };
  return openReader(options);
}

if (!isMainThread && parentPort !== null) await work(parentPort, workerData as ReaderModule);

async function work(port: MessagePort, module: ReaderModule): Promise<void> {
  let answer = (_wanted: boolean): void => {};
  try {
    const [reader, { readFaces }] = await Promise.all([openByModule(module), import("./reading.ts")]);
    const ask = (hash: string) => {
      port.postMessage({ hash } satisfies Report);
      return new Promise<boolean>((resolve) => {
        answer = resolve;
      });
    };
    port.on("message", (order: Order) => {
      if ("wanted" in order) return answer(order.wanted);
      readFaces(order.place, reader, ask).then((reading) => port.postMessage({ reading } satisfies Report), fail);
    });
    port.postMessage({ card: reader.model.card } satisfies Report);
  } catch (error) {
    fail(error);
  }

  function fail(error: unknown): void {
    const { name, message } = error as Error;
    port.postMessage({ error: { name, message } } satisfies Report);
  }
}
