import type { AppEvent, Transport } from "./transport.ts";

const base = "/api";

/** The home is `semblant app`, which served this page. */
export const serverTransport: Transport = {
  request: (path, init) => fetch(base + path, { ...init, credentials: "same-origin" }),
  imageAddress: (path) => base + path,
  watch: watchServer,
};

/** Server-sent events; tries again by itself, each time after twice as long, up to ten seconds. */
function watchServer(listener: (event: AppEvent) => void): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = 500;
  let over = false;

  const connect = () => {
    source = new EventSource(`${base}/events`);
    source.onopen = () => {
      wait = 500;
      listener({ type: "connection", state: "here" });
    };
    source.onerror = () => {
      source?.close();
      void sayWhy(listener);
      timer = setTimeout(connect, wait);
      wait = Math.min(2 * wait, 10_000);
    };
    source.onmessage = ({ data }: MessageEvent<string>) => listener(JSON.parse(data) as AppEvent);
  };
  const tryNow = () => {
    if (over || source?.readyState === EventSource.OPEN) return;
    clearTimeout(timer);
    source?.close();
    connect();
  };
  connect();
  addEventListener("online", tryNow);
  return () => {
    over = true;
    removeEventListener("online", tryNow);
    clearTimeout(timer);
    source?.close();
  };
}

/** An event source does not say why it failed: a request does. */
async function sayWhy(listener: (event: AppEvent) => void): Promise<void> {
  try {
    const { status } = await fetch(base, { credentials: "same-origin" });
    if (status === 401 || status === 403) listener({ type: "connection", state: "stranger" });
    else if (status >= 500) listener({ type: "connection", state: "away" });
  } catch {
    listener({ type: "connection", state: "away" });
  }
}
