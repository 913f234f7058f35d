import { statSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Handler } from "./guard.ts";
import { listPage, type Packing, type PageFile, stampOf } from "./page-files.ts";

/** The files of a page, as they were when it was listed. */
export interface StaticFiles {
  /** Whether a path is the name of one. */
  has(pathname: string): boolean;
  readonly answer: Handler;
}

type Files = ReadonlyMap<string, PageFile>;

/** Builds before this one, whose files are still sent to the windows that they were opened in. */
const mostEarlier = 3;
const notFound = () => new Response("Not found.\n", { status: 404, headers: { "content-type": "text/plain" } });

/**
 * The files of a built page. A request gets one of the names that were listed or nothing: no spelling of a path leads anywhere else. Every
 * other path without a dot is a screen of the page, and gets its `index.html`.
 *
 * When the page was built anew, it is listed again; files of two builds are never mixed. A window that was opened before still gets the
 * files whose names hold their hash.
 *
 * @param folder the built page
 * @param now milliseconds since 1970
 */
export function staticFiles(folder: string, now: () => number = Date.now): StaticFiles {
  const index = join(folder, "index.html");
  let stamp = stampOf(statSync(index));
  let files = listPage(folder, Number.POSITIVE_INFINITY) as Files;
  let earlier: readonly Files[] = [];
  const find = (pathname: string): PageFile | undefined =>
    files.get(pathname) ?? earlier.map((one) => one.get(pathname)).find((file) => file?.hashed === true);

  /** Lists the page again where it is another, and whole. */
  async function look(): Promise<void> {
    try {
      const found = stampOf(await stat(index));
      if (found === stamp) return;
      const listed = listPage(folder, now());
      if (listed === undefined) return;
      earlier = [files, ...earlier].slice(0, mostEarlier);
      [files, stamp] = [listed, found];
    } catch {} // it is being built: what was listed is still sent
  }

  return {
    has: (pathname) => pathname !== "/index.html" && find(pathname) !== undefined,
    async answer(request) {
      const { pathname } = new URL(request.url);
      if (request.method !== "GET" && request.method !== "HEAD") return notFound();
      if (pathname === "/index.html" || find(pathname) === undefined) await look();
      const file = find(pathname) ?? (pathname.slice(1).includes(".") ? undefined : files.get("/index.html"));
      return file === undefined ? notFound() : fileAnswer(request, file);
    },
  };
}

async function fileAnswer(request: Request, { type, tag, hashed, packed, bytes: read }: PageFile): Promise<Response> {
  const accepted = request.headers.get("accept-encoding") ?? "";
  const accepts = (name: Packing) => packed.has(name) && new RegExp(`\\b${name}\\b(?!;\\s*q=0(\\.0*)?(,|$))`).test(accepted);
  const packing = (["br", "gzip"] as const).find(accepts) ?? "plain";
  const headers = {
    "content-type": type,
    "cache-control": hashed ? "public, max-age=31536000, immutable" : "no-cache",
    etag: tag,
    vary: "accept-encoding",
    ...(packing !== "plain" && { "content-encoding": packing }),
  };
  if (request.headers.get("if-none-match") === tag) return new Response(null, { status: 304, headers });
  const bytes = await read(packing);
  if (bytes === undefined) return notFound();
  return new Response(request.method === "HEAD" ? null : bytes, { headers: { ...headers, "content-length": String(bytes.length) } });
}
