import type { EmbedDataOptions } from "@semblant/lab";
import { dataFlag } from "../flags/data-words.ts";
import { threadsFlag } from "../flags/threads-flag.ts";
import { weightsFlag } from "../flags/weights-flag.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { oneOf } from "../terminal/parse.ts";

const splitNames = ["train", "validation", "test", "all"] as const satisfies readonly EmbedDataOptions["split"][];

export const page = {
  name: "embed",
  group: "training",
  place: 6,
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
    weightsFlag,
    { ...threadsFlag, default: "libtorch's; 1 for a model" },
  ],
  notes: [
    "The run is its folder, or the best.safetensors in it. Without data, its own is embedded. A model is " +
      "best, small, posed or a file of semblant export or adapt; it needs data, and no libtorch.",
    "Faces without labels (CelebA, LFW, a folder of pictures) are embedded as well. Settings say how data " +
      "is read, as for train: data.crop=whole ...",
    "Beside .npy and .tsv, NAME.metadata.tsv says each row's id, label, person, sequence and votes.",
  ],
} as const satisfies CommandPage;
