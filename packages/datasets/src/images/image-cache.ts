import { createHash, hash } from "node:crypto";
import { accessSync, constants, existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { DataError } from "@semblant/core";
import { inFileWords, invalidOption } from "@semblant/core/internals";
import { makeFolder, userCacheFolder } from "@semblant/files/internals";
import type { ImageShape } from "./memory-images.ts";
import { PackedWriter } from "./packed-file.ts";
import { openPacked, type Packed } from "./packed-images.ts";
import { decodeUncached } from "./uncached-images.ts";

/**
 * Where decoded images are kept: a folder, `true` (beside the data, or in the user's cache folder where the data
 * cannot be written to), or `false` (nowhere: decoded anew each time).
 */
export type CacheOption = boolean | string;

/** What is decoded, from which files, and into what shape. */
export interface CacheRequest {
  /** The data's folder. */
  readonly root: string;
  /** Name of the packed file, without extension; one a layout and shape. */
  readonly name: string;
  /** Every file that the images are read from, in order. */
  readonly sources: readonly string[];
  readonly shape: ImageShape;
  readonly cache: CacheOption;
  /** Which reading of the same files, where there are several: a packed file of another is not taken. */
  readonly variant?: string;
  /** Hands every image to `append`, in order, and returns what is to be kept beside them (plain JSON). */
  readonly decode: (append: (pixels: Uint8Array) => void) => Promise<unknown>;
}

interface Stamped {
  readonly stamp: string;
  readonly content: unknown;
}

/**
 * The images of a source, decoded once. A packed file is taken as it is while name, size, time and mode of every source
 * file are unchanged and its checksums hold; else it is made again, whole or not at all. Processes may share it.
 *
 * @throws DataError if the cache folder that was asked for cannot be written to
 */
export async function cachedImages({ root, name, sources, shape, cache, variant = "", decode }: CacheRequest): Promise<Packed> {
  const folders = cacheFolders(root, cache);
  const stamp = stampOf(root, sources, shape, variant);
  const file = `${name}-${shape.width}x${shape.height}x${shape.channels}.pack`;
  for (const folder of folders) {
    const found = openFresh(join(folder, file), stamp);
    if (found) return found;
  }
  const folder = folders.find(writable);
  if (folder === undefined && typeof cache === "string")
    throw new DataError(`cache at ${cache}: expected a folder that can be written to.`);
  if (folder === undefined) return decodeUncached(shape, decode);

  const path = join(folder, file);
  removeStale(path);
  const writer = new PackedWriter(path, shape);
  try {
    writer.finish({ stamp, content: await decode((pixels) => writer.append(pixels)) } satisfies Stamped);
  } catch (error) {
    writer.abandon();
    throw inFileWords(error, `${path} (decoded images; data.cache=FOLDER keeps them elsewhere, data.cache=false nowhere)`);
  }
  const made = openPacked(path);
  return { images: Object.assign(made.images, { keptIn: folder }), index: (made.index as Stamped).content };
}

/** The packed file, if it was made from these very sources; undefined if it is missing, old or damaged. */
function openFresh(path: string, stamp: string): Packed | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const { images, index } = openPacked(path);
    return (index as Stamped).stamp === stamp ? { images, index: (index as Stamped).content } : undefined;
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
}

/** Where a packed file may lie: the named folder; or beside the data and, where that cannot be written to, in the user's cache. */
function cacheFolders(root: string, cache: CacheOption): string[] {
  if (cache === false) return [];
  const own = hash("sha1", resolve(root)).slice(0, 16);
  if (typeof cache === "string") return [join(resolve(cache), own)];
  if (cache !== true) throw invalidOption("readDataset", "cache", "true, false or a folder", cache);
  return [join(root, ".semblant-cache"), join(userCacheFolder(), own)];
}

/** Decoded faces are the owner's alone. */
function writable(folder: string): boolean {
  try {
    makeFolder(folder, 0o700);
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** What must be unchanged for a packed file to be taken: name, size, time and mode of each source, the shape and the reading. */
function stampOf(root: string, sources: readonly string[], shape: ImageShape, variant: string): string {
  const sum = createHash("sha1").update(JSON.stringify([1, shape.width, shape.height, shape.channels]) + variant);
  for (const source of sources) {
    const facts = factsOf(resolve(root, source));
    sum.update(`${source}\0${facts ? `${facts.size} ${facts.mtimeNs} ${facts.mode}` : "missing"}\n`);
  }
  return sum.digest("hex");
}

/** Undefined for what is not there or cannot be looked at: reading it says why. */
function factsOf(path: string) {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Temporary files that a process of this machine left when it was killed, and of unknown ones those more than an hour old. */
function removeStale(path: string): void {
  const folder = dirname(path);
  if (!existsSync(folder)) return;
  for (const file of readdirSync(folder)) {
    if (!file.startsWith(`${basename(path)}.`) || !file.endsWith(".tmp")) continue;
    const [, pid, host] = /\.(\d+)@(.+)-\w{8}-\w{4}-\w{4}-\w{4}-\w{12}\.tmp$/.exec(file) ?? [];
    const facts = statSync(join(folder, file), { throwIfNoEntry: false });
    const old = facts !== undefined && Date.now() - facts.mtimeMs > 3_600_000;
    if (host === hostname() ? !isAlive(Number(pid)) : old) rmSync(join(folder, file), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
