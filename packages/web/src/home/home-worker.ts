import { createApi } from "@semblant/api";
import type { FromHome, SentRequest, SentResponse, ToHome } from "../client/worker-messages.ts";
import { dropUnused } from "./add-files.ts";
import { workerAsker } from "./asking/worker-asker.ts";
import { BrowserShelf } from "./browser-shelf.ts";
import { wasIndexing } from "./index-files.ts";
import { BrowserLibrary } from "./keeping/browser-library.ts";
import { openStore } from "./keeping/open-store.ts";
import { onlyTab, openTabs } from "./keeping/tabs.ts";
import { pagePictures } from "./reading/page-pictures.ts";
import { openPageReader } from "./reading/page-reader.ts";

const tell = (message: FromHome, transfer: Transferable[] = []) => postMessage(message, { transfer });
const aborts = new Map<number, AbortController>();
let api: Promise<(request: Request) => Promise<Response>> | undefined;

addEventListener("message", ({ data }: MessageEvent<ToHome>) => {
  if (data.type === "start") api = start(data.base);
  else if (data.type === "request") void serve(data.id, data.request);
  else if (data.type === "abort") aborts.get(data.id)?.abort();
});

async function start(base: string): Promise<(request: Request) => Promise<Response>> {
  const store = await openStore();
  const library = await new BrowserLibrary(store, store.kept ? openTabs() : onlyTab()).ready();
  const shelf = new BrowserShelf({ library, reader: openPageReader(base), pictures: pagePictures, asker: workerAsker() });
  shelf.watch((event) => tell({ type: "event", event }));
  if (wasIndexing(library)) void shelf.jobs.start({ kind: "index" }).catch(() => undefined); // another tab goes on with it
  void dropUnused(library);
  return createApi(shelf);
}

async function serve(id: number, sent: SentRequest): Promise<void> {
  const abort = new AbortController();
  aborts.set(id, abort);
  try {
    const answer = await (await (api as NonNullable<typeof api>))(requestOf(sent, abort.signal));
    const response: SentResponse = { status: answer.status, headers: [...answer.headers], body: await answer.arrayBuffer() };
    tell({ type: "response", id, response }, [response.body]);
  } catch (error) {
    tell({ type: "failure", id, message: String((error as Error).message ?? error) });
  } finally {
    aborts.delete(id);
  }
}

function requestOf({ method, path, headers, body }: SentRequest, signal: AbortSignal): Request {
  const init: RequestInit = { method, signal, headers: headers.map(([name, value]): [string, string] => [name, value]) };
  const address = `https://home.invalid/api${path}`;
  if (body === undefined) return new Request(address, init);
  if (typeof body === "string" || body instanceof Blob) return new Request(address, { ...init, body });
  const form = new FormData();
  for (const [name, value] of body.form) {
    if (typeof value === "string") form.append(name, value);
    else form.append(name, value, value.name);
  }
  // The files themselves, not copies of them in memory that were written to a form and read from it.
  return Object.defineProperty(
    new Request(address, { ...init, headers: { "content-type": "multipart/form-data; boundary=-" } }),
    "formData",
    {
      value: async () => form,
    },
  );
}
