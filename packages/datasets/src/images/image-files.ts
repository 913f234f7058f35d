import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { DataError } from "@semblant/core";
import { type CutFace, cutFace } from "./cut-face.ts";
import { type DecodeOptions, decodeImage } from "./decode-image.ts";
import type { FaceFinder } from "./face-finder.ts";
import { type CacheOption, cachedImages } from "./image-cache.ts";
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
  /** Numbers of the files whose face was wanted and not found: these are there whole. */
  readonly faceless: readonly number[];
  /** Number of a file that was read, and what is to be known of how: a JPEG that ends early. */
  readonly remarks: readonly (readonly [file: number, remark: string])[];
  /** In how many files a face was looked for. */
  readonly looked: number;
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
  /** The part wanted of each file, in their order: a region, the face that is found, or all; all of every one where left out. */
  readonly parts?: readonly (Region | "face" | undefined)[] | undefined;
  /** Needed where a part is a face. */
  readonly finder?: FaceFinder;
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
  const variant = variantOf(options, out);
  const packed = await cachedImages({
    root,
    name: variant === undefined ? name : `${name}-${variant.slice(0, 8)}`,
    sources: files,
    shape,
    cache,
    ...(variant !== undefined && { variant }),
    decode: (append) => decodeAll(files, options, out, append),
  });
  const { faults, faceless, looked, remarks = [] } = indexOf(packed.index);
  const rows = new Int32Array(files.length);
  for (const [file] of faults) rows[file] = -1;
  let row = 0;
  for (let i = 0; i < rows.length; i++) if (rows[i] === 0) rows[i] = row++;
  return { images: packed.images, rows, faults, faceless, looked, remarks };
}

/** What is kept beside the images. */
interface Kept {
  readonly faults: [number, string][];
  readonly faceless: number[];
  readonly looked: number;
  readonly remarks?: [number, string][];
}

/** Files packed before faces were looked for keep their faults alone. */
function indexOf(index: unknown): Kept {
  return Array.isArray(index) ? { faults: index as Kept["faults"], faceless: [], looked: 0 } : (index as Kept);
}

/** What tells one reading of the same files from another: their crops, who finds faces, and the links that are not followed. */
function variantOf({ parts = [], finder }: ImageFilesOptions, out: ReadonlySet<number>): string | undefined {
  const cropped = parts.some((part) => part !== undefined);
  if (!cropped && out.size === 0) return undefined;
  const crops = cropped ? hashOf(parts, finder) : "";
  return out.size === 0
    ? crops
    : createHash("sha1")
        .update(`${crops} without ${[...out].join()}`)
        .digest("hex");
}

/** What tells one way of cropping the same files from another. */
function hashOf(parts: NonNullable<ImageFilesOptions["parts"]>, finder: FaceFinder | undefined): string {
  const sum = createHash("sha1");
  for (const region of parts) {
    if (region === "face") sum.update(`face of ${finder?.version}\n`);
    else sum.update(region ? `${region.left} ${region.top} ${region.width} ${region.height} ${region.unit}\n` : "\n");
  }
  return sum.digest("hex");
}

async function decodeAll(
  files: readonly string[],
  options: ImageFilesOptions,
  out: ReadonlySet<number>,
  append: (pixels: Uint8Array) => void,
): Promise<Kept | Kept["faults"]> {
  const faults: Kept["faults"] = [];
  const faceless: number[] = [];
  const remarks: [number, string][] = [];
  let looked = 0;
  const looking = options.parts?.includes("face") === true;
  const pixels = new Uint8Array(batch * bytesPerImage(options));
  for (let start = 0; start < files.length; start += batch) {
    const wanted = files.slice(start, start + batch).map((file, k) => (out.has(start + k) ? undefined : file));
    if (looked > 0) options.finder?.progress?.(start, files.length);
    const results = await decodeBatch(wanted, options.parts?.slice(start, start + batch), options);
    let used = 0;
    results.forEach((result, k) => {
      if (typeof result === "string") {
        faults.push([start + k, result]);
        return;
      }
      if (result.looked) looked++;
      if (result.faceless) faceless.push(start + k);
      if (result.remark !== undefined) remarks.push([start + k, result.remark]);
      pixels.set(result.pixels, used);
      used += result.pixels.length;
    });
    append(pixels.subarray(0, used));
  }
  return looking || remarks.length > 0 ? { faults, faceless, looked, ...(remarks.length > 0 && { remarks }) } : faults;
}

/** A file's pixels, and what is to be known of how they were read. */
interface Decoded extends CutFace {
  readonly remark?: string;
}

/** Each file's pixels, or what is wrong with it; undefined stands for one that a link leads out to. */
async function decodeBatch(
  files: readonly (string | undefined)[],
  parts: ImageFilesOptions["parts"],
  { root, width, height, channels, exact = false, finder }: ImageFilesOptions,
): Promise<(Decoded | string)[]> {
  const results: (Decoded | string)[] = files.map(() => "");
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < files.length) {
      const k = next++;
      const [file, part] = [files[k], parts?.[k]];
      let said: string | undefined;
      const remark = (text: string) => {
        said = text;
      };
      const decodePart = async (path: string): Promise<Decoded> => {
        const cut =
          part === "face"
            ? await cutFace(path, { width, height, channels, remark }, finder)
            : {
                pixels: await decodeImage(path, { width, height, channels, exact, region: part, remark }),
                looked: false,
                faceless: false,
              };
        return { ...cut, ...(said !== undefined && { remark: said }) };
      };
      if (file === undefined) results[k] = linkOut;
      else
        results[k] = await decodePart(resolve(root, file)).catch((error: unknown) => {
          if (error instanceof DataError) return error.message;
          throw error;
        });
    }
  };
  await Promise.all(Array.from({ length: 2 * availableParallelism() }, work));
  return results;
}
