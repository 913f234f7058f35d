import * as Comlink from "comlink";
import type { Reader } from "./reader-worker.ts";

let started: Comlink.Remote<Reader> | undefined;

/** The worker that reads and writes for the map; one for the page, started when it is first needed. */
export function reader(): Comlink.Remote<Reader> {
  started ??= Comlink.wrap<Reader>(new Worker(new URL("./reader-worker.ts", import.meta.url), { type: "module" }));
  return started;
}
