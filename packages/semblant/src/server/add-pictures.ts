import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { copyFile, link, mkdir, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import { dirname, extname, join, relative, sep } from "node:path";
import { type Added, shelfError } from "@semblant/api";
import { DataError } from "@semblant/core";
import type { Library } from "@semblant/photos";
import { contentHash, listPhotos, openPicture, pictureFormat } from "@semblant/photos/internals";
import { safeName } from "./picture-names.ts";

/** A file that somebody sent. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: Blob;
}

/** Larger files are no photos. */
const mostBytes = 512 * 2 ** 20;

/**
 * Copies pictures into a library's folder, below a folder of the day: `Added 2024-05-01/2024/a.jpg`. What a file is, its bytes say. None is
 * written over another, each is there whole or not at all, and one whose bytes are there already is not written again.
 *
 * @param now the day
 * @throws DataError if the folder may not be written, or the disk is full
 */
export async function addPictures(library: Library, files: AsyncIterable<GivenFile>, now = new Date()): Promise<Added> {
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  const folder = `Added ${day}`;
  const known = new Map(listPhotos(library).photos.map(({ hash, path }) => [hash, path]));
  const added: string[] = [];
  const already: { name: string; path: string }[] = [];
  const refused: { name: string; reason: string }[] = [];
  for await (const { name, bytes: blob } of files) {
    if (blob.size > mostBytes) {
      refused.push({ name, reason: `it has ${Math.round(blob.size / 2 ** 20)} MiB, more than any photo.` });
      continue;
    }
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const hash = contentHash(bytes);
    const there = known.get(hash);
    if (there !== undefined) {
      already.push({ name, path: there });
      continue;
    }
    const format = await formatOf(bytes);
    if (typeof format !== "string") {
      refused.push({ name, reason: format.reason });
      continue;
    }
    const { path, own } = await put(library.root, `${folder}/${safeName(name, format)}`, bytes);
    known.set(hash, path);
    if (own) added.push(path);
    else already.push({ name, path });
  }
  return { added, already, refused };
}

/** The format of a picture that can be read: its head too is looked at, which says how large it unpacks. */
async function formatOf(bytes: Uint8Array): Promise<ReturnType<typeof pictureFormat> | { readonly reason: string }> {
  try {
    const format = pictureFormat(bytes);
    if (format !== "heic") await openPicture(bytes);
    return format;
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return { reason: (error.message.split("\n")[0] as string).replace(/^photo: /, "") };
  }
}

/**
 * Writes a file under a name that is free.
 *
 * @returns where it is, from the root; `own` is false where the same bytes were there already by a name that it may have
 */
async function put(root: string, wanted: string, bytes: Uint8Array): Promise<{ readonly path: string; readonly own: boolean }> {
  try {
    const folder = await madeFolder(root, dirname(wanted));
    const temporary = join(folder, `.semblant-${randomUUID()}.tmp`);
    try {
      await writeFile(temporary, bytes, { flush: true, flag: "wx" });
      for (let n = 1; ; n++) {
        const path = n === 1 ? wanted : numbered(wanted, n);
        if (await linked(temporary, join(root, path))) return { path, own: true };
        if (await holds(join(root, path), bytes)) return { path, own: false };
      }
    } finally {
      await rm(temporary, { force: true });
    }
  } catch (error) {
    throw inWords(error, root);
  }
}

/** Gives a file its name; false where another has it. */
async function linked(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") throw error;
      return copyFile(temporary, path, constants.COPYFILE_EXCL); // a disk without links
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

const numbered = (path: string, n: number): string => `${path.slice(0, path.length - extname(path).length)} (${n})${extname(path)}`;

async function holds(path: string, bytes: Uint8Array): Promise<boolean> {
  const found = await stat(path);
  return found.isFile() && found.size === bytes.length && Buffer.compare(await readFile(path), bytes) === 0;
}

/** Makes folders below the root one after the other, so that no link leads what is made out of it. */
async function madeFolder(root: string, way: string): Promise<string> {
  let folder = root;
  for (const name of way.split("/")) {
    folder = join(folder, name);
    await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
    refuseOutside(await realpath(folder), root);
  }
  return folder;
}

/** A link in the folder may lead out of it: nothing is written there. */
function refuseOutside(folder: string, root: string): void {
  const way = relative(root, folder);
  if (way !== ".." && !way.startsWith(`..${sep}`)) return;
  throw new DataError(`add: expected a folder in ${root}, but a link leads out of it to ${folder}.`);
}

function inWords(error: unknown, root: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "EDQUOT") {
    return shelfError("full", `add: expected room on the disk for pictures in ${root}, but it is full.`);
  }
  if (code !== undefined && ["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST", "ENAMETOOLONG"].includes(code)) {
    return new DataError(`add: expected to write into ${root}, but it cannot be written (${code}).`, { cause: error });
  }
  return error;
}
