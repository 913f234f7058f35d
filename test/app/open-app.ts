import { rmSync } from "node:fs";
import { dirname } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { type AppServer, startServer } from "./app-server.ts";
import { openBrowser } from "./browser.ts";
import { photoFolder } from "./photo-folder.ts";

/** `semblant app` over a folder of generated faces, and a browser: one of each for a test file. */
export interface OpenApp {
  readonly folder: string;
  readonly browser: Browser;
  /** A new window at an address such as "/photos". What goes wrong in it is in {@link faults}. */
  open(path?: string, options?: BrowserContextOptions): Promise<Page>;
  /** What the windows' consoles complained of, but for a server that is away, and errors that nothing caught. */
  readonly faults: string[];
  /** Asks the API as another program does, with the token. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** Ends the server and starts it again at the same address. */
  restart(): Promise<void>;
  stopServer(): Promise<void>;
  close(): Promise<void>;
}

/** What a browser says of requests to a server that is stopped. */
const away = /net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING)/;

export interface OpenAppOptions {
  /** A folder to open, which is removed in the end (one of 12 generated photos). */
  readonly folder?: string;
  /** Waits until every photo is read (true). */
  readonly indexed?: boolean;
  /** Flags of Chromium, as those of its fake camera. */
  readonly flags?: readonly string[];
}

export async function openApp({ folder, indexed = true, flags = [] }: OpenAppOptions = {}): Promise<OpenApp> {
  const { buildPage } = (await import("../../packages/web/build.mjs" as string)) as { buildPage: () => string };
  buildPage();
  const at = folder ?? (await photoFolder());
  let server: AppServer = await startServer(at);
  const address = new URL(server.address);
  const token = address.searchParams.get("token") ?? "";
  const browser = await openBrowser(flags);
  const faults: string[] = [];

  const request = (path: string, init: RequestInit = {}) =>
    fetch(new URL(`/api${path}`, address), { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });
  if (indexed) await indexAll(request);

  return {
    folder: at,
    browser,
    faults,
    request,
    async open(path = "/photos", options = {}) {
      const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1200, height: 800 }, ...options });
      const page = await context.newPage();
      page.on("pageerror", (error) => faults.push(error.message));
      page.on("console", (message) => message.type() === "error" && !away.test(message.text()) && faults.push(message.text()));
      await page.goto(address.href);
      await page.goto(new URL(path, address.origin).href);
      return page;
    },
    async restart() {
      await server.stop();
      server = await startServer(at, ["--port", address.port]);
    },
    stopServer: () => server.stop(),
    async close() {
      await browser.close();
      await server.stop();
      rmSync(dirname(at), { recursive: true, force: true });
    },
  };
}

/** Has every photo read, and waits for it. */
async function indexAll(request: OpenApp["request"]): Promise<void> {
  const jobs = async () => ((await (await request("/jobs")).json()) as { jobs: { kind: string; state: string; problem?: unknown }[] }).jobs;
  const index = async () => (await jobs()).find(({ kind }) => kind === "index");
  if ((await index()) === undefined) {
    await request("/jobs", { method: "POST", headers: { "content-type": "application/json" }, body: '{"kind":"index"}' });
  }
  for (;;) {
    const job = await index();
    if (job?.state === "done") return;
    if (job?.state === "failed" || job?.state === "stopped") throw new Error(`The index ${job.state}: ${JSON.stringify(job.problem)}`);
    await new Promise((done) => setTimeout(done, 200));
  }
}
