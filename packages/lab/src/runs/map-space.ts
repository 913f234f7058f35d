import { DataError, type Embeddings, type Projection, Random } from "@semblant/core";
import { invalidOption, refuseUnknown } from "@semblant/core/internals";
import { type LabeledImages, type SplitName, subset } from "@semblant/datasets";
import { openEmbedder } from "./embedder.ts";
import { checkLayOut, layOut } from "./lay-out.ts";

export interface MapSpaceOptions {
  /** Folder or table of faces; by default what the run was trained on. */
  readonly data?: string;
  readonly split?: SplitName;
  /** Faces in place of markers (false). */
  readonly thumbnails?: boolean;
  /** Most faces on the map, drawn at random; by default all. */
  readonly sample?: number;
  /** About how many neighbours each face attends to (30, or a third of the others where they are fewer). */
  readonly perplexity?: number;
  /** Inches in print, 2 to 20 (3.5; 7 with thumbnails). */
  readonly width?: number;
  readonly title?: string;
  readonly weights?: "best" | "last";
  readonly seed?: number;
  readonly threads?: number;
  /** Stops the projection between two iterations. */
  readonly signal?: AbortSignal;
  /** `data.name=value`: how the data is read. */
  readonly overrides?: readonly string[];
}

/** A run's faces on a map. */
export interface MappedSpace {
  readonly run: string;
  /** `all` where the data has no splits and none was asked for. */
  readonly dataset: { readonly name: string; readonly split: SplitName | "all"; readonly n: number };
  readonly embeddings: Embeddings;
  readonly images: LabeledImages;
  readonly projection: Projection;
  readonly perplexity: number;
  readonly seed: number;
  /** How far the map keeps each face's five nearest, 0 to 1. */
  readonly trustworthiness: number;
  readonly svg: string;
}

const optionNames = [
  "data",
  "split",
  "thumbnails",
  "sample",
  "perplexity",
  "width",
  "title",
  "weights",
  "seed",
  "threads",
  "signal",
  "overrides",
] as const;

/**
 * Embeds the faces of a split with a run's network or an exported model (`best`, `small`, a file), lays them out by
 * Barnes-Hut t-SNE off the main thread, and draws them. Same run, faces, options and seed, same map.
 *
 * @throws OptionError if an option is out of range or unknown
 * @throws DataError if there is no such run, or the split has fewer than 4 faces
 */
export async function mapSpace(
  run: string,
  options: MapSpaceOptions = {},
  progress: (text: string) => void = () => {},
): Promise<MappedSpace> {
  refuseUnknown("drawMap", options, optionNames);
  const { data: source, split, thumbnails = false, sample, width, title, weights, seed = 0, threads, signal, overrides = [] } = options;
  if (sample !== undefined && !(Number.isInteger(sample) && sample >= 4))
    throw invalidOption("drawMap", "sample", "a whole number of at least 4", sample);
  checkLayOut(options);
  const asked = { data: source, split: split === undefined ? "undrawn" : "source", weights, threads, overrides } as const;
  const embedder = await openEmbedder("map", run, asked, progress);
  const random = new Random(seed);
  const part = split ?? "test";
  try {
    const { data } = embedder;
    const images = drawn(data[part], sample, random.fork("sample"), subset);
    const n = images.images.count;
    const shown = split === undefined && data.drawn === "not at all" ? "all" : part;
    refuseFew(n, shown, embedder.source);

    checkLayOut(options, n);
    progress(`embedding ${n.toLocaleString("en-US")} faces ...`);
    const embeddings = await embedder.embed(images);
    await embedder.close();
    const { perplexity } = options;
    const drawing = {
      ...(thumbnails && { thumbnails: images }),
      ...(perplexity !== undefined && { perplexity }),
      ...(width !== undefined && { width }),
      ...(title !== undefined && { title }),
      ...(signal && { signal }),
    };
    const laid = await layOut(embeddings, { noun: "faces", random }, drawing, progress);
    return { run, dataset: { name: data.name, split: shown, n }, embeddings, images, seed, ...laid };
  } catch (error) {
    await embedder.close();
    throw error;
  }
}

/** As many rows as wanted, at random, in their own order. */
function drawn(
  set: LabeledImages,
  sample: number | undefined,
  random: Random,
  subset: (set: LabeledImages, rows: Int32Array) => LabeledImages,
): LabeledImages {
  const { count } = set.images;
  return sample === undefined || sample >= count ? set : subset(set, random.permutation(count).slice(0, sample).sort());
}

function refuseFew(n: number, split: string, source: string): void {
  if (n >= 4) return;
  if (split === "all") throw new DataError(`map: expected at least 4 faces in ${source}, but it has ${n}.`);
  throw new DataError(`map: expected at least 4 faces in the split ${split} of ${source}, but it has ${n}.\n  Name another with --split.`);
}
