import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/** A web server that knows nothing of the page: it hands out the files of a folder below a path, on loopback. */
export interface StaticServer {
  /** The page's address, with its closing slash. */
  readonly address: string;
  /** Addresses that were asked for, from the page's own. */
  readonly asked: string[];
  close(): Promise<void>;
}

export async function startStatic(folder: string, path = "/photos/of-mine/"): Promise<StaticServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const wanted = decodeURIComponent((request.url ?? "/").split("?")[0] as string);
    asked.push(wanted.slice(path.length));
    const file = normalize(join(folder, wanted.slice(path.length) || "index.html"));
    if (!wanted.startsWith(path) || !file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream", "content-length": statSync(file).size });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}${path}`,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
