import { existsSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, resolve } from "node:path";
import { type DrawnLibrary, drawLibrary, drawThumbnails } from "./drawn-library.ts";

/**
 * The app's page as it is served, over a library that is not there: any number of drawn faces. It speaks the API's shapes and forbids what
 * the app's server forbids. For measurements and tests of the page alone.
 */
export interface DrawnHome {
  readonly address: string;
  /** What the page kept, by its name; a map of the first faces is there from the start. */
  readonly documents: Map<string, Buffer>;
  /** Corrections that the page made and did not take back, by their ids. */
  readonly corrections: Map<number, unknown>;
  /** So many faces are in the library from now on. */
  show(faces: number): void;
  close(): void;
}

interface Held {
  library: DrawnLibrary;
  readonly thumbnails: readonly Buffer[];
  readonly documents: Map<string, Buffer>;
  readonly corrections: Map<number, unknown>;
}

export async function startDrawnHome(faces: number, most: number = faces): Promise<DrawnHome> {
  const libraryOf = drawLibrary(most);
  const library = libraryOf(faces);
  const documents = new Map([["map", library.map]]);
  const held: Held = { library, thumbnails: await drawThumbnails(), documents, corrections: new Map() };
  const server = createServer((request, response) => {
    answer(request, response, held).catch((error: unknown) => send(response, 500, "text/plain", String(error)));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    documents,
    corrections: held.corrections,
    show(count) {
      held.library = libraryOf(count);
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const JSON_TYPE = "application/json";
const missing = '{"error":{"kind":"missing","message":"not here"}}';

async function answer(request: IncomingMessage, response: ServerResponse, held: Held): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  if (!pathname.startsWith("/api")) return sendPage(response, pathname);
  const [, resource = "", id = "", part] = pathname.slice(4).split("/");
  const { about, faces, photos, embeddings, rows } = held.library;
  switch (resource) {
    case "":
      return send(response, 200, JSON_TYPE, about);
    case "events":
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(": here\n\n");
      return;
    case "faces":
      if (part === "thumbnail") return send(response, 200, "image/webp", held.thumbnails[Number(id) % 8] as Buffer);
      return id === "embeddings" ? send(response, 200, "application/octet-stream", embeddings) : send(response, 200, JSON_TYPE, faces);
    case "photos":
      return send(response, 200, JSON_TYPE, photos);
    case "documents":
      if (request.method === "PUT") held.documents.set(id, await bodyOf(request));
      if (request.method === "PUT") return send(response, 204, "text/plain", "");
      return held.documents.has(id)
        ? send(response, 200, JSON_TYPE, held.documents.get(id) as Buffer)
        : send(response, 204, "text/plain", ""); // none was kept
    case "search":
      return send(response, 200, JSON_TYPE, neighbors((await bodyOf(request)).toString(), rows));
    case "corrections":
      return correct(request, response, held.corrections, id);
    case "jobs":
      return send(response, 200, JSON_TYPE, '{"jobs":[]}');
    default:
      return send(response, 404, JSON_TYPE, missing);
  }
}

/** Any other faces. */
function neighbors(body: string, rows: number): string {
  const { face, k } = JSON.parse(body) as { readonly face: number; readonly k: number };
  const hits = Array.from({ length: k }, (_, i) => ({
    face: ((face + 31 * (i + 1)) % rows) + 1,
    alike: i < 4 ? "very alike" : "alike",
  }));
  return JSON.stringify({ hits });
}

async function correct(
  request: IncomingMessage,
  response: ServerResponse,
  corrections: Map<number, unknown>,
  taken: string,
): Promise<void> {
  if (request.method === "DELETE") {
    corrections.delete(Number(taken));
    return send(response, 204, "text/plain", "");
  }
  const id = Math.max(0, ...corrections.keys()) + 1;
  corrections.set(id, JSON.parse((await bodyOf(request)).toString()));
  send(response, 201, JSON_TYPE, JSON.stringify({ id }));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const dist = resolve(import.meta.dirname, "../../packages/web/dist");
const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

function sendPage(response: ServerResponse, pathname: string): void {
  const file = resolve(dist, `.${pathname}`);
  const path = extname(file) !== "" && file.startsWith(dist) && existsSync(file) ? file : resolve(dist, "index.html");
  send(response, 200, types[extname(path)] ?? "application/octet-stream", readFileSync(path));
}

const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; connect-src 'self'; worker-src 'self'";

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, {
    "content-type": type,
    "content-security-policy": policy,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
  });
  response.end(body);
}
