import type { AppEvent, Transport } from "./transport.ts";
import type { FromHome, SentRequest, SentResponse, ToHome } from "./worker-messages.ts";

/** The home is a worker of this page: the same API, answered in the browser alone. */
export function workerTransport(base = document.baseURI): Transport {
  const worker = new Worker(new URL("../home/home-worker.ts", import.meta.url), { type: "module", name: "home" });
  const send = (message: ToHome) => worker.postMessage(message);
  const waiting = new Map<number, { readonly resolve: (response: Response) => void; readonly reject: (reason: unknown) => void }>();
  const listeners = new Set<(event: AppEvent) => void>();
  let last = 0;
  let ended: Error | undefined;

  worker.addEventListener("message", ({ data }: MessageEvent<FromHome>) => {
    if (data.type === "event") {
      for (const listener of listeners) listener(data.event);
      return;
    }
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.type === "failure") asked?.reject(new Error(data.message));
    else asked?.resolve(received(data.response));
  });
  worker.addEventListener("error", ({ message }) => {
    ended = new Error(message || "The part of this page that keeps the photos stopped.");
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
    for (const listener of listeners) listener({ type: "connection", state: "away" });
  });
  send({ type: "start", base });

  return {
    async request(path, init = {}) {
      const request = sent(path, init);
      if (ended !== undefined) throw ended;
      init.signal?.throwIfAborted();
      const id = ++last;
      return new Promise<Response>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        init.signal?.addEventListener("abort", () => {
          waiting.delete(id);
          send({ type: "abort", id });
          reject(init.signal?.reason);
        });
        send({ type: "request", id, request });
      });
    },
    watch(listener) {
      listeners.add(listener);
      if (ended === undefined) listener({ type: "connection", state: "here" });
      return () => void listeners.delete(listener);
    },
    imageAddress: () => undefined,
  };
}

function sent(path: string, { method = "GET", headers, body }: RequestInit): SentRequest {
  const request = { method, path, headers: [...new Headers(headers)] };
  if (body === undefined || body === null) return request;
  if (typeof body === "string" || body instanceof Blob) return { ...request, body };
  if (body instanceof FormData) return { ...request, body: { form: [...body] } };
  throw new TypeError("A home in the browser takes text, files and forms.");
}

function received({ status, headers, body }: SentResponse): Response {
  return new Response(status === 204 ? null : body, { status, headers: headers.map(([name, value]): [string, string] => [name, value]) });
}
