import { DataError, Embeddings, OptionError } from "@semblant/core";
import type { SplitName } from "@semblant/training";
import { checkEnding, writeEmbeddings } from "../formats/write-embeddings.ts";
import type { CommandPage } from "../terminal/page.ts";
import { oneOf, wholeNumber } from "../terminal/parse.ts";
import type { CommandModule } from "./command.ts";
import { dataAndOverrides, dataFlag } from "./data-overrides.ts";
import { openEmbedder } from "./embedder.ts";

const splitNames = ["train", "validation", "test", "all"] as const;

export const page: CommandPage = {
  name: "embed",
  usage: "<run|model> [data] -o <file> [options] [name=value ...]",
  sentence: "Write faces as points of the space of a run or an exported model.",
  examples: [
    ["semblant embed runs/1 --out test.npy", "its test faces, for NumPy"],
    ["semblant embed runs/1 photos/ --out x.parquet", "others, for DuckDB"],
    ["semblant embed best faces/ --out x.tsv", "by a model that ships"],
  ],
  arguments: ["<run>", "[data]", "[settings...]"],
  options: [
    { flags: "-o, --out <file>", writes: "file", text: "ends in .npy, .parquet or .tsv", default: "required" },
    dataFlag,
    {
      flags: "--split <name>",
      text: splitNames.join(", "),
      default: "test; all where a set has no splits",
      parse: oneOf("split", splitNames),
    },
    { flags: "--weights <which>", text: "best or last of the run", default: "best", parse: oneOf("weights", ["best", "last"]) },
    {
      flags: "-t, --threads <n>",
      text: "threads an operation may use",
      default: "libtorch's; 1 for a model",
      parse: wholeNumber("threads", 1, 1024),
    },
  ],
  notes: [
    "The run is its folder, or the best.safetensors in it. Without data, its own is embedded. A model is best, small or a file of semblant export; it needs data, and no libtorch.",
    "Faces without labels (CelebA, LFW, a folder of pictures) are embedded as well. How data is read is said as for train: data.crop=whole ...",
    "Beside .npy and .tsv, NAME.metadata.tsv says each row's id, label, person, sequence and votes.",
  ],
};

export interface EmbedDataOptions {
  /** Folder or table of faces; by default what the run was trained on. */
  readonly data?: string;
  readonly split?: (typeof splitNames)[number];
  readonly weights?: "best" | "last";
  readonly threads?: number;
  /** `data.name=value`: how the data is read. */
  readonly overrides?: readonly string[];
}

/** The faces of a split, or of all of them one after the other, as points of the space of a run or an exported model. */
export async function embedData(
  run: string,
  { data: source, split, weights, threads, overrides = [] }: EmbedDataOptions = {},
  progress: (text: string) => void = () => {},
): Promise<Embeddings> {
  // A set without splits of its own is taken whole, unless a split is asked for.
  const asked = { data: source, split: split === undefined ? "undrawn" : "source", weights, threads, overrides } as const;
  const embedder = await openEmbedder("embed", run, asked, progress);
  try {
    const wanted: readonly SplitName[] = split === "all" ? ["train", "validation", "test"] : [split ?? "test"];
    const parts: Embeddings[] = [];
    for (const name of wanted) parts.push(await embedder.embed(embedder.data[name]));
    const X = concatenate(parts);
    if (X.rows > 0) return X;
  } finally {
    await embedder.close();
  }
  throw new DataError(
    `embed: expected faces in the split ${split ?? "test"} of ${embedder.source}, but it has none.\n  Name another with --split.`,
  );
}

function concatenate(parts: readonly Embeddings[]): Embeddings {
  const [first] = parts as [Embeddings];
  if (parts.length === 1) return first;
  const values = new Float32Array(parts.reduce((sum, part) => sum + part.values.length, 0));
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at);
    at += part.values.length;
  }
  const votes = parts.flatMap((part) => (part.votes ? [part.votes] : part.rows === 0 ? [new Float32Array(0)] : []));
  const texts = (name: "people" | "sequences") =>
    parts.some((part) => part[name]) && { [name]: parts.flatMap((part) => part[name] ?? Array.from({ length: part.rows }, () => "")) };
  return new Embeddings(values, first.columns, {
    ...texts("people"),
    ...texts("sequences"),
    ids: parts.flatMap((part) => part.ids ?? []),
    ...(first.labels && { labels: Int32Array.from(parts.flatMap((part) => Array.from(part.labels ?? []))) }),
    ...(first.classes && { classes: first.classes }),
    ...(votes.length === parts.length &&
      votes.some((list) => list.length > 0) && { votes: Float32Array.from(votes.flatMap((list) => Array.from(list))) }),
  });
}

export const command: CommandModule = {
  page,
  async run([run, first, rest], { data: asked, out, split, weights, threads }, terminal) {
    const { data, overrides } = dataAndOverrides("embed", "<run> [data]", first, rest, asked);
    if (out === undefined)
      throw new OptionError("embed: expected --out with the file to write, but got nothing.\n  See: semblant embed --help");
    checkEnding(out as string);
    terminal.live("embedding ...");
    const X = await embedData(
      run as string,
      {
        ...(data !== undefined && { data }),
        ...(split !== undefined && { split: split as (typeof splitNames)[number] }),
        ...(weights !== undefined && { weights: weights as "best" | "last" }),
        ...(threads !== undefined && { threads: threads as number }),
        overrides,
      },
      terminal.live,
    );
    const files = await writeEmbeddings(out as string, X);
    terminal.endLive();
    terminal.print(`${X.rows} faces as points of ${X.columns} numbers: ${files.join(", ")}`);
    terminal.result({ rows: X.rows, columns: X.columns, files });
    return 0;
  },
};
