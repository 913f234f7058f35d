import { OptionError } from "@semblant/core";
import { checkEnding, writeEmbeddings } from "@semblant/files";
import type { EmbedDataOptions } from "@semblant/lab";
import { loadLab } from "../lab/load-lab.ts";
import type { CommandPage } from "../terminal/page.ts";
import { oneOf, wholeNumber } from "../terminal/parse.ts";
import type { CommandModule } from "./command.ts";
import { dataAndOverrides, dataFlag } from "./data-overrides.ts";

const splitNames = ["train", "validation", "test", "all"] as const satisfies readonly EmbedDataOptions["split"][];

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

export const command: CommandModule = {
  page,
  async run([run, first, rest], { data: asked, out, split, weights, threads }, terminal) {
    const { embedData } = await loadLab();
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
