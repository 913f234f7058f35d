import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import type { Handler } from "./guard.ts";

/** The files of a page, as they were when it was read. */
export interface StaticFiles {
  /** Whether a path is the name of one. */
  has(pathname: string): boolean;
  readonly answer: Handler;
}

interface StaticFile {
  readonly path: string;
  readonly type: string;
  readonly tag: string;
  readonly cache: string;
  /** Endings of packed copies that lie beside it, the smallest first. */
  readonly packed: readonly ("br" | "gzip")[];
}

/**
 * The files of a built page. Which there are is read once, and a request gets one of these names or nothing: no spelling of a path leads
 * anywhere else. Every other path without a dot is a screen of the page, and gets its `index.html`.
 *
 * @param folder the built page
 */
export function staticFiles(folder: string): StaticFiles {
  const files = listed(folder);
  const index = files.get("/index.html");
  return {
    has: (pathname) => pathname !== "/index.html" && files.has(pathname),
    async answer(request) {
      const { pathname } = new URL(request.url);
      if (request.method !== "GET" && request.method !== "HEAD") return new Response("Not found.\n", { status: 404 });
      const file = files.get(pathname) ?? (pathname.slice(1).includes(".") ? undefined : index);
      if (file === undefined) return new Response("Not found.\n", { status: 404, headers: { "content-type": "text/plain" } });
      return fileAnswer(request, file);
    },
  };
}

async function fileAnswer(request: Request, file: StaticFile): Promise<Response> {
  const accepted = request.headers.get("accept-encoding") ?? "";
  const packed = file.packed.find((name) => new RegExp(`\\b${name}\\b(?!;\\s*q=0(\\.0*)?(,|$))`).test(accepted));
  const headers = {
    "content-type": file.type,
    "cache-control": file.cache,
    etag: file.tag,
    vary: "accept-encoding",
    ...(packed && { "content-encoding": packed }),
  };
  if (request.headers.get("if-none-match") === file.tag) return new Response(null, { status: 304, headers });
  const bytes = await readFile(file.path + (packed === "br" ? ".br" : packed === "gzip" ? ".gz" : ""));
  return new Response(request.method === "HEAD" ? null : new Uint8Array(bytes), {
    headers: { ...headers, "content-length": String(bytes.length) },
  });
}

function listed(folder: string): ReadonlyMap<string, StaticFile> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => name.split(sep).join("/"));
  const there = new Set(names);
  const files = new Map<string, StaticFile>();
  for (const name of names) {
    const path = join(folder, name);
    if (/\.(br|gz)$/.test(name) || !statSync(path).isFile()) continue;
    const hashed = name.startsWith("assets/") && /-[\w-]{8,}\.\w+$/.test(name);
    files.set(`/${encodeURI(name)}`, {
      path,
      type: typeOf(name),
      tag: `"${createHash("sha256").update(readFileSync(path)).digest("base64url").slice(0, 22)}"`,
      cache: hashed ? "public, max-age=31536000, immutable" : "no-cache",
      packed: [...(there.has(`${name}.br`) ? (["br"] as const) : []), ...(there.has(`${name}.gz`) ? (["gzip"] as const) : [])],
    });
  }
  return files;
}

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  json: "application/json",
  map: "application/json",
  webmanifest: "application/manifest+json",
  wasm: "application/wasm",
  svg: "image/svg+xml",
  png: "image/png",
  ico: "image/x-icon",
  webp: "image/webp",
  woff2: "font/woff2",
  txt: "text/plain; charset=utf-8",
};

const typeOf = (name: string): string => types[name.slice(name.lastIndexOf(".") + 1).toLowerCase()] ?? "application/octet-stream";
