import type { Added } from "@semblant/api";
import { isPictureName, picturesInWords, printable } from "@semblant/core/internals";
import { contentHash } from "./files.ts";
import type { BrowserLibrary } from "./keeping/browser-library.ts";

/** A file that the visitor gave; `handle` where it stays in the visitor's folder and is not copied. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: Blob;
  readonly handle?: FileSystemFileHandle;
}

/** Larger files are refused: no photo is as large. */
const mostBytes = 512 * 2 ** 20;

/**
 * Takes pictures into the library: each is copied first, then known. So a full storage leaves nothing half-written. Of the same name and
 * other bytes, the one that was there first keeps its name.
 *
 * @throws DataError (full) where there is no room; those before are kept
 */
export async function addFiles(library: BrowserLibrary, files: AsyncIterable<GivenFile>): Promise<Added> {
  const added: string[] = [];
  const already: { name: string; path: string }[] = [];
  const refused: { name: string; reason: string }[] = [];
  await library.ready();
  const paths = new Map([...library.rows("files").values()].map(({ hash, path }) => [hash, path]));
  for await (const { name, bytes, handle } of files) {
    const reason = whyRefused(name, bytes);
    if (reason !== undefined) {
      refused.push({ name, reason });
      continue;
    }
    const hash = await contentHash(bytes);
    const known = paths.get(hash);
    if (known !== undefined) {
      already.push({ name, path: known });
      continue;
    }
    const modified = bytes instanceof File ? bytes.lastModified : Date.now();
    let path = "";
    await library.change(async () => {
      if (handle === undefined) await library.store.pictures.put(hash, bytes);
      path = freePath(cleanPath(name), (one) => library.rows("files").has(one));
      return [{ table: "files", put: { path, bytes: bytes.size, modified, hash, ...(handle && { handle }) } }];
    });
    paths.set(hash, path);
    added.push(path);
  }
  return { added, already, refused };
}

function whyRefused(name: string, { size }: Blob): string | undefined {
  if (!isPictureName(name)) return `expected a picture: ${picturesInWords}`;
  if (size === 0) return "the file is empty";
  if (size > mostBytes) return `expected at most 512 MiB, but it has ${Math.round(size / 2 ** 20)}`;
  return undefined;
}

/** A path within the library: no way up, no empty names, nothing that cannot be printed. */
function cleanPath(name: string): string {
  const parts = printable(name.replaceAll("\\", "/")).split("/");
  return parts.filter((part) => part !== "" && part !== "." && part !== "..").join("/") || "photo";
}

/** The path itself, or with a number where another file has it: `a.jpg`, `a (2).jpg`. */
function freePath(path: string, taken: (path: string) => boolean): string {
  const dot = path.lastIndexOf(".");
  const [stem, ending] = dot > path.lastIndexOf("/") + 1 ? [path.slice(0, dot), path.slice(dot)] : [path, ""];
  for (let n = 1; ; n++) {
    const wanted = n === 1 ? path : `${stem} (${n})${ending}`;
    if (!taken(wanted)) return wanted;
  }
}

/** Drops copies that no file is of: what a tab that was closed, or a full storage, left behind. */
export async function dropUnused(library: BrowserLibrary): Promise<void> {
  const { pictures } = library.store;
  await library.tabs.alone(async () => {
    await library.ready();
    const used = new Set([...library.rows("files").values()].map(({ hash }) => hash));
    for (const hash of await pictures.hashes()) if (!used.has(hash)) await pictures.drop(hash);
  });
}
