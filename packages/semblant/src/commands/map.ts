import { DataError, type Embeddings, invalidOption, type Projection, Random, refuseUnknown } from "@semblant/core";
import type { LabeledImages, SplitName } from "@semblant/training";
import { isEmbeddingsName } from "../formats/read-embeddings.ts";
import type { CommandPage } from "../terminal/page.ts";
import { numberAbove, numberFrom, oneOf, seedNumber, wholeNumber } from "../terminal/parse.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { CommandModule } from "./command.ts";
import { dataAndOverrides, dataFlag } from "./data-overrides.ts";
import { openEmbedder } from "./embedder.ts";
import { checkLayOut, layOut } from "./lay-out.ts";

const splitNames = ["train", "validation", "test"] as const;

export const page: CommandPage = {
  name: "map",
  usage: "<run|model|embeddings> [data] [options] [name=value ...]",
  sentence:
    "Draw faces on a map where those that a run or an exported model finds alike lie together, by t-SNE; or the rows of exported embeddings.",
  examples: [
    ["semblant map runs/1", "its test faces, as points"],
    ["semblant map best jaffe/ --out jaffe.png", "by a model that ships"],
    ["semblant map faces.npy --sample 2000", "some rows of semblant embed"],
  ],
  arguments: ["<run>", "[data]", "[settings...]"],
  options: [
    {
      flags: "-o, --out <file>",
      writes: "file",
      otherwise: "map.svg",
      text: "ends in .svg or .png (300 pixels an inch)",
      default: "map.svg",
    },
    dataFlag,
    {
      flags: "--split <name>",
      text: splitNames.join(", "),
      default: "test; all where a set has no splits",
      parse: oneOf("split", splitNames),
    },
    { flags: "--thumbnails", text: "faces in place of points, as many as find room" },
    { flags: "--sample <n>", text: "most faces on the map, drawn by lot", default: "all", parse: wholeNumber("sample", 4) },
    { flags: "--perplexity <n>", text: "about how many neighbours each face attends to", default: "30", parse: numberAbove("perplexity") },
    { flags: "--width <inches>", text: "in print, 2 to 20", default: "3.5, or 7 with faces", parse: numberFrom("width", 2, 20) },
    { flags: "--title <words>", text: "above the map", default: "none" },
    { flags: "--weights <which>", text: "best or last of the run", default: "best", parse: oneOf("weights", ["best", "last"]) },
    { flags: "-s, --seed <n>", text: "of the lot and of t-SNE", default: "0", parse: seedNumber() },
    {
      flags: "-t, --threads <n>",
      text: "threads an operation may use",
      default: "libtorch's; 1 for a model",
      parse: wholeNumber("threads", 1, 1024),
    },
  ],
  notes: [
    "Embeddings are .npy, .parquet or .tsv as semblant embed or other programs write them; their classes are those of NAME.metadata.tsv.",
    "Nearness on the map means nearness in the run's space; axes and the distances between far groups mean nothing. Trustworthiness says how far the map keeps each face's nearest five, from 0 to 1.",
    "A map of thumbnails holds copies of faces: share it only where the data set may be shared.",
  ],
};

export interface MapRunOptions {
  /** Folder or table of faces; by default what the run was trained on. */
  readonly data?: string;
  readonly split?: SplitName;
  /** Faces in place of markers (false). */
  readonly thumbnails?: boolean;
  /** Most faces on the map, drawn by lot; by default all. */
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
export interface MappedRun {
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
 * Embeds the faces of a split with a run's network or an exported model (`best`, `small`, a file), lays them out by Barnes-Hut t-SNE off the main thread, and draws them.
 * Same run, faces, options and seed, same map.
 *
 * @throws OptionError if an option is out of range or unknown
 * @throws DataError if there is no such run, or the split has fewer than 4 faces
 */
export async function mapRun(run: string, options: MapRunOptions = {}, progress: (text: string) => void = () => {}): Promise<MappedRun> {
  refuseUnknown("mapRun", options, optionNames);
  const { data: source, split, thumbnails = false, sample, width, title, weights, seed = 0, threads, signal, overrides = [] } = options;
  if (sample !== undefined && !(Number.isInteger(sample) && sample >= 4))
    throw invalidOption("mapRun", "sample", "a whole number of at least 4", sample);
  checkLayOut(options);
  const asked = { data: source, split: split === undefined ? "undrawn" : "source", weights, threads, overrides } as const;
  const embedder = await openEmbedder("map", run, asked, progress);
  const random = new Random(seed);
  const part = split ?? "test";
  try {
    const { readers, data } = embedder;
    const images = drawn(data[part], sample, random.fork("sample"), readers.subset);
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

/** As many rows as wanted, by lot, in their own order. */
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

export const command: CommandModule = {
  page,
  async run([run, first, rest], given, terminal) {
    const { data, overrides } = dataAndOverrides("map", "<run> [data]", first, rest, given.data);
    const {
      out = "map.svg",
      json: _json,
      quiet: _quiet,
      color: _color,
      data: _data,
      ...options
    } = given as MapRunOptions & Record<string, unknown>;
    const { checkPictureName, writePicture } = await import("../pictures/write-picture.ts");
    checkPictureName("map", "--out", out as string);
    if (isEmbeddingsName(run as string))
      return mapArray(run as string, out as string, { ...options, data: data ?? overrides[0] }, terminal);
    const mapped = await mapRun(run as string, { ...options, overrides, ...(data !== undefined && { data }) }, terminal.live);
    await writePicture(out as string, mapped.svg);
    terminal.endLive();
    const { dataset, perplexity, seed, projection, trustworthiness: trust } = mapped;
    const faces = `${dataset.n.toLocaleString("en-US")} faces of ${dataset.split === "all" ? "" : `the split ${dataset.split} of `}${dataset.name}`;
    const quality = `KL divergence ${projection.divergence.toFixed(3)} nats, trustworthiness ${trust.toFixed(3)}`;
    terminal.print(`${faces} by t-SNE (perplexity ${Number(perplexity.toFixed(1))}): ${quality}`);
    terminal.print(`map: ${out as string}${options.thumbnails ? " (holds copies of faces)" : ""}`);
    terminal.result({ run, dataset, perplexity, seed, divergence: projection.divergence, trustworthiness: trust, file: out });
    return 0;
  },
};

/** The map of a file of embeddings. */
async function mapArray(file: string, out: string, options: Readonly<Record<string, unknown>>, terminal: Terminal): Promise<number> {
  const [{ readEmbeddings }, { mapEmbeddings, refuseRunOptions }, { writePicture }] = await Promise.all([
    import("../formats/read-embeddings.ts"),
    import("./map-array.ts"),
    import("../pictures/write-picture.ts"),
  ]);
  refuseRunOptions(file, options);
  const asked = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const {
    embeddings,
    projection,
    perplexity,
    trustworthiness: trust,
    svg,
  } = await mapEmbeddings(await readEmbeddings(file), asked, terminal.live);
  await writePicture(out, svg);
  terminal.endLive();
  const { rows, columns } = embeddings;
  const quality = `KL divergence ${projection.divergence.toFixed(3)} nats, trustworthiness ${trust.toFixed(3)}`;
  terminal.print(
    `${rows.toLocaleString("en-US")} rows of ${columns} numbers by t-SNE (perplexity ${Number(perplexity.toFixed(1))}): ${quality}`,
  );
  terminal.print(`map: ${out}`);
  terminal.result({ embeddings: file, rows, columns, perplexity, divergence: projection.divergence, trustworthiness: trust, file: out });
  return 0;
}
