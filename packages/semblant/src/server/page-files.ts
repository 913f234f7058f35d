import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join, sep } from "node:path";

/** How a file may be sent: as it is, or packed. */
export type Packing = "br" | "gzip" | "plain";

/** A file of the page, as it was when the page was listed. */
export interface PageFile {
  readonly type: string;
  readonly tag: string;
  /** Whether its name holds a hash of what it holds: another content would have another name. */
  readonly hashed: boolean;
  readonly packed: ReadonlySet<Packing>;
  /** What was listed; undefined where the file is another by now. */
  bytes(packing: Packing): Promise<Uint8Array<ArrayBuffer> | undefined>;
}

/** Files up to so many bytes are kept in memory. */
const mostKept = 2 ** 20;
/** Milliseconds after which a file that was written is whole. */
const settled = 1000;
const endings: Readonly<Record<Packing, string>> = { br: ".br", gzip: ".gz", plain: "" };

/**
 * The files of a built page by their paths. Small ones are read now; of larger ones it is remembered what they were.
 *
 * @returns undefined where a file was written just now: the page is being built
 */
export function listPage(folder: string, now: number): ReadonlyMap<string, PageFile> | undefined {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => name.split(sep).join("/"));
  const there = new Map(names.map((name) => [name, statSync(join(folder, name))]));
  const files = new Map<string, PageFile>();
  for (const [name, { mtimeMs }] of there) {
    if (now - mtimeMs < settled) return undefined;
    if (/\.(br|gz)$/.test(name) || !there.get(name)?.isFile()) continue;
    const reading = new Map<Packing, () => Promise<Uint8Array<ArrayBuffer> | undefined>>();
    let tag = "";
    for (const packing of ["plain", "br", "gzip"] as const) {
      const found = there.get(name + endings[packing]);
      if (found === undefined) continue;
      const path = join(folder, name + endings[packing]);
      const bytes = found.size <= mostKept ? new Uint8Array(readFileSync(path)) : undefined;
      reading.set(packing, bytes === undefined ? () => unchanged(path, stampOf(found)) : async () => bytes);
      if (packing === "plain")
        tag = bytes === undefined ? stampOf(found) : createHash("sha256").update(bytes).digest("base64url").slice(0, 22);
    }
    files.set(`/${encodeURI(name)}`, {
      type: typeOf(name),
      tag: `"${tag}"`,
      hashed: name.startsWith("assets/") && /-[\w-]{8,}\.\w+$/.test(name),
      packed: new Set(reading.keys()),
      bytes: async (packing) => reading.get(packing)?.(),
    });
  }
  return files;
}

/** Another text where a file is another. */
export function stampOf({ size, mtimeMs, ino }: { readonly size: number; readonly mtimeMs: number; readonly ino: number }): string {
  return [size, Math.round(mtimeMs), ino].join("-");
}

async function unchanged(path: string, stamp: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const bytes = new Uint8Array(await readFile(path));
    return stampOf(await stat(path)) === stamp ? bytes : undefined;
  } catch {
    return undefined; // gone
  }
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
