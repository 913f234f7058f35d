import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { DataError } from "@semblant/core";
import type { DecodeOptions } from "./decode-image.ts";
import { decodeImage } from "./decode-image.ts";
import type { CacheOption } from "./image-cache.ts";
import { cachedImages } from "./image-cache.ts";
import type { ImageStore } from "./image-store.ts";
import { linkOut, linksOut } from "./links.ts";
import { bytesPerImage } from "./memory-images.ts";
import type { Region } from "./region.ts";

/** Images of a list of files: those that could be decoded, and what is wrong with each of the others. */
export interface ImageFiles {
  readonly images: ImageStore;
  /** For each file its row in `images`, or −1 where it could not be decoded. */
  readonly rows: Int32Array;
  /** Number of a file in the list, and what is wrong with it. */
  readonly faults: readonly (readonly [file: number, problem: string])[];
}

/** Which files, and how they are decoded and kept. */
export interface ImageFilesOptions extends Omit<DecodeOptions, "region"> {
  /** Folder that the names are relative to. */
  readonly root: string;
  /** Name of the packed file. */
  readonly name: string;
  readonly cache: CacheOption;
  /** Whether files that links lead to out of the root are read (false); else each is a fault. */
  readonly followLinks?: boolean | undefined;
  /** The part wanted of each file, in their order; all of every one where left out. */
  readonly regions?: readonly (Region | undefined)[] | undefined;
}

const batch = 128;

/**
 * Decodes many image files into one store, in the order given, through the packed cache. A file that cannot be decoded
 * is one fault and sinks nothing. At most two files a processor are open at a time.
 *
 * @throws DataError if the cache folder that was asked for cannot be written to
 */
export async function readImageFiles(files: readonly string[], options: ImageFilesOptions): Promise<ImageFiles> {
  const { root, name, cache, followLinks = false } = options;
  const out = followLinks ? new Set<number>() : linksOut(root, files);
  const shape = { width: options.width, height: options.height, channels: options.channels };
  const variant = variantOf(options.regions, out);
  const packed = await cachedImages({
    root,
    name: variant === undefined ? name : `${name}-${variant.slice(0, 8)}`,
    sources: files,
    shape,
    cache,
    ...(variant !== undefined && { variant }),
    decode: (append) => decodeAll(files, options, out, append),
  });
  const faults = packed.index as [number, string][];
  const rows = new Int32Array(files.length);
  for (const [file] of faults) rows[file] = -1;
  let row = 0;
  for (let i = 0; i < rows.length; i++) if (rows[i] === 0) rows[i] = row++;
  return { images: packed.images, rows, faults };
}

/** What tells one reading of the same files from another: their crops, and the links that are not followed. */
function variantOf(regions: ImageFilesOptions["regions"] = [], out: ReadonlySet<number>): string | undefined {
  const cropped = regions.some((region) => region !== undefined);
  if (!cropped && out.size === 0) return undefined;
  const crops = cropped ? hashOf(regions) : "";
  return out.size === 0
    ? crops
    : createHash("sha1")
        .update(`${crops} without ${[...out].join()}`)
        .digest("hex");
}

/** What tells one way of cropping the same files from another. */
function hashOf(regions: readonly (Region | undefined)[]): string {
  const sum = createHash("sha1");
  for (const region of regions) {
    sum.update(region ? `${region.left} ${region.top} ${region.width} ${region.height} ${region.unit}\n` : "\n");
  }
  return sum.digest("hex");
}

async function decodeAll(
  files: readonly string[],
  options: ImageFilesOptions,
  out: ReadonlySet<number>,
  append: (pixels: Uint8Array) => void,
): Promise<[number, string][]> {
  const faults: [number, string][] = [];
  const pixels = new Uint8Array(batch * bytesPerImage(options));
  for (let start = 0; start < files.length; start += batch) {
    const wanted = files.slice(start, start + batch).map((file, k) => (out.has(start + k) ? undefined : file));
    const results = await decodeBatch(wanted, options.regions?.slice(start, start + batch), options);
    let used = 0;
    results.forEach((result, k) => {
      if (typeof result === "string") {
        faults.push([start + k, result]);
        return;
      }
      pixels.set(result, used);
      used += result.length;
    });
    append(pixels.subarray(0, used));
  }
  return faults;
}

/** Each file's pixels, or what is wrong with it; undefined stands for one that a link leads out to. */
async function decodeBatch(
  files: readonly (string | undefined)[],
  regions: readonly (Region | undefined)[] | undefined,
  { root, width, height, channels, exact = false }: ImageFilesOptions,
): Promise<(Uint8Array | string)[]> {
  const results: (Uint8Array | string)[] = files.map(() => "");
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < files.length) {
      const k = next++;
      const how = { width, height, channels, exact, region: regions?.[k] };
      const file = files[k];
      if (file === undefined) results[k] = linkOut;
      else
        results[k] = await decodeImage(resolve(root, file), how).catch((error: unknown) => {
          if (error instanceof DataError) return error.message;
          throw error;
        });
    }
  };
  await Promise.all(Array.from({ length: 2 * availableParallelism() }, work));
  return results;
}
