import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** As strict as a server may be: no style element, no script but the page's own files. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** Serves files and nothing else: no part of the app answers behind the page. */
export interface PageServer {
  readonly address: string;
  /** Each path that was asked for. */
  readonly asked: string[];
  close(): Promise<void>;
}

/**
 * Serves the built page alone, isolated as `semblant app` does. Addresses of screens answer with the page.
 *
 * @param more other files, by the address that they have
 */
export async function servePage(more: Readonly<Record<string, string>> = {}): Promise<PageServer> {
  const { buildPage } = (await import("../../packages/web/build.mjs" as string)) as { buildPage: () => string };
  buildPage();
  const folder = join(root, "packages/web/dist");
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://page").pathname);
    asked.push(path);
    const own = more[path] ?? join(folder, path);
    const isFile = existsSync(own) && statSync(own).isFile();
    const isScreen = !isFile && !path.startsWith("/api") && extname(path) === "";
    const file = isScreen ? join(folder, "index.html") : own;
    response.setHeader("content-security-policy", policy);
    response.setHeader("cross-origin-opener-policy", "same-origin");
    response.setHeader("cross-origin-embedder-policy", "require-corp");
    response.setHeader("cross-origin-resource-policy", "same-origin");
    response.setHeader("content-type", types[extname(file)] ?? "application/octet-stream");
    if (isFile || isScreen) createReadStream(file).pipe(response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
