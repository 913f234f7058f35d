/** What the build puts in front of this file: the page's own files. */
declare const build: {
  readonly version: string;
  /** What is kept when the page is first opened. */
  readonly shell: readonly string[];
  /** What is kept once it was used: networks, what runs them, drawn faces. */
  readonly rest: readonly string[];
};

/** A service worker as far as this one uses it; its types and those of pages do not go together in one program. */
interface Scope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener<T extends keyof Events>(type: T, listener: (event: Events[T]) => void): void;
}
interface Events {
  readonly install: { waitUntil(done: Promise<unknown>): void };
  readonly activate: { waitUntil(done: Promise<unknown>): void };
  readonly fetch: { readonly request: Request; respondWith(answer: Promise<Response>): void };
  readonly message: { readonly data: unknown };
}

const scope = self as unknown as Scope;
const prefix = "semblant ";
const kept = `${prefix}${build.version}`;
const addressOf = (file: string) => new URL(file, scope.registration.scope).href;
const [shell, rest] = [build.shell, build.rest].map((files) => new Set(files.map(addressOf))) as [Set<string>, Set<string>];
/** Files whose names change with what is in them. */
const isHashed = (address: string) => /\/assets\/[^/]+-[\w-]{8}\.\w+$/.test(address);

scope.addEventListener("install", (event) => event.waitUntil(keepShell()));
scope.addEventListener("activate", (event) => event.waitUntil(dropOld().then(() => scope.clients.claim())));
scope.addEventListener("message", ({ data }) => {
  if (data === "take over") void scope.skipWaiting();
});
scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = request.url.replace(/[?#].*$/, "");
  if (request.method !== "GET" || !address.startsWith(scope.registration.scope)) return;
  const page = request.mode === "navigate" ? addressOf("index.html") : address;
  if (shell.has(page) || rest.has(page)) event.respondWith(answer(page));
});

/** Keeps the page's files, all or none; what an older version has of the same name and content is not loaded again. */
async function keepShell(): Promise<void> {
  const cache = await caches.open(kept);
  await Promise.all(
    [...shell].map(async (address) => {
      const known = isHashed(address) ? await caches.match(address) : undefined;
      await cache.put(address, known ?? (await fresh(address)));
    }),
  );
}

async function fresh(address: string): Promise<Response> {
  const response = await fetch(address, { cache: "reload" });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response;
}

async function dropOld(): Promise<void> {
  const old = (await caches.keys()).filter((one) => one.startsWith(prefix) && one !== kept);
  await Promise.all(old.map((one) => caches.delete(one)));
}

/** A file as it is kept, else from the web server; it is kept then. */
async function answer(address: string): Promise<Response> {
  const cache = await caches.open(kept);
  const known = await cache.match(address);
  if (known !== undefined) return isolated(known);
  const response = await fetch(address);
  if (response.status === 200) await cache.put(address, response.clone());
  return isolated(response);
}

/** With the headers that a page needs to run WebAssembly in threads, whatever the web server sends. */
function isolated(response: Response): Response {
  const headers = new Headers(response.headers);
  headers.set("cross-origin-opener-policy", "same-origin");
  headers.set("cross-origin-embedder-policy", "require-corp");
  headers.set("cross-origin-resource-policy", "same-origin");
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

export {};
