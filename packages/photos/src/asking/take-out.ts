import { existsSync, readdirSync } from "node:fs";
import { link, symlink } from "node:fs/promises";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { DataError, OptionError } from "@semblant/core";
import { checkWritable, makeFolder, writeWhole } from "@semblant/files/internals";
import type { Sharp } from "sharp";
import { fileBytes } from "../pictures/file-bytes.ts";

/** How chosen photos are taken out: anew without metadata, byte by byte, or as links to where they are. */
export type TakeOut = "clean copy" | "plain copy" | "link";

/** A photo that was taken out, or why not. */
export interface TakenOut {
  readonly path: string;
  readonly to?: string;
  readonly error?: string;
}

/**
 * Puts photos into a folder of their own, numbered in their order: `01 beach.jpg`, `02 ...`.
 *
 * A clean copy is upright and holds pixels and colour profile only: no place, no time, no camera (JPEG, PNG, WebP and AVIF stay what they
 * are, others become JPEG). A plain copy is the file as it is, with everything in it. A link takes no room.
 *
 * @throws OptionError if the folder holds files already
 * @throws DataError if it cannot be written
 */
export async function takeOut(
  where: string,
  photos: { readonly root: string; readonly paths: readonly string[] },
  to: { readonly folder: string; readonly how: TakeOut },
): Promise<TakenOut[]> {
  const { root, paths } = photos;
  const { folder, how } = to;
  refuseFilled(where, folder);
  makeFolder(folder);
  const digits = Math.max(2, String(paths.length).length);
  const taken: TakenOut[] = [];
  for (const [i, path] of paths.entries()) {
    const name = `${String(i + 1).padStart(digits, "0")} ${basename(path)}`;
    try {
      taken.push({ path, to: await one(resolve(root, path), join(folder, name), how) });
    } catch (error) {
      const code = ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code ?? (error as NodeJS.ErrnoException).code;
      if (code !== undefined && endsAll.has(code)) {
        throw new DataError(`${where}: expected to write to ${folder}, but got ${code} after ${taken.length} photos.`, { cause: error });
      }
      taken.push({ path, error: error instanceof Error ? (error.message.split("\n")[0] as string) : String(error) });
    }
  }
  return taken;
}

/**
 * Refuses a folder that holds files already.
 *
 * @throws OptionError if it does
 * @throws DataError if it cannot be looked into, or is a file
 */
export function refuseFilled(where: string, folder: string): void {
  checkWritable(folder, "folder");
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new OptionError(`${where}: expected ${folder} to be empty or not there, but it holds files already.`);
  }
}

/** Failures that the next photo would meet as well. */
const endsAll = new Set(["ENOSPC", "EDQUOT", "EACCES", "EROFS", "EMFILE", "ENFILE"]);

async function one(from: string, to: string, how: TakeOut): Promise<string> {
  if (how === "plain copy") await writeWhole(to, await fileBytes(from));
  else if (how === "link")
    await symlink(relative(resolve(dirname(to)), from), to).catch(() => link(from, to)); // where links to files are not for everyone
  else return cleanCopy(from, to);
  return to;
}

const formats: Readonly<Record<string, "jpeg" | "png" | "webp" | "avif">> = {
  ".jpg": "jpeg",
  ".jpeg": "jpeg",
  ".png": "png",
  ".webp": "webp",
  ".avif": "avif",
};

async function cleanCopy(from: string, to: string): Promise<string> {
  const { default: sharp } = await import("sharp");
  const format = formats[extname(from).toLowerCase()] ?? "jpeg";
  const name = formats[extname(to).toLowerCase()] === undefined ? `${to.slice(0, -extname(to).length || undefined)}.jpg` : to;
  const quality = { jpeg: 92, webp: 90, avif: 70, png: 100 }[format];
  const { openPicture } = await import("../pictures/open-picture.ts");
  let picture: Sharp;
  try {
    picture = (await openPicture(await fileBytes(from), { failOn: "none" })).image.autoOrient().keepIccProfile();
    await writeWhole(name, await picture.toFormat(format, { quality }).toBuffer());
  } catch {
    // What sharp does not decode (HEIC), our own reader does.
    const { readPhoto } = await import("../pictures/read-photo.ts");
    const { width, height, data } = await readPhoto(from);
    picture = sharp(data, { raw: { width, height, channels: 3 } });
    await writeWhole(name, await picture.toFormat(format, { quality }).toBuffer());
  }
  return name;
}
