import { dataFlag } from "../flags/data-words.ts";
import { threadsFlag } from "../flags/threads-flag.ts";
import { weightsFlag } from "../flags/weights-flag.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { numberAbove, numberFrom, oneOf, seedNumber, wholeNumber } from "../terminal/parse.ts";

const splitNames = ["train", "validation", "test"] as const;

export const page = {
  name: "map",
  group: "training",
  place: 8,
  usage: "<run|model|embeddings> [data] [options] [name=value ...]",
  sentence: "Draw a map by t-SNE where similar faces lie together: by a run, an exported model, or exported embeddings.",
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
    { flags: "--sample <n>", text: "most faces on the map, drawn at random", default: "all", parse: wholeNumber("sample", 4) },
    { flags: "--perplexity <n>", text: "about how many neighbours each face attends to", default: "30", parse: numberAbove("perplexity") },
    { flags: "--width <inches>", text: "in print, 2 to 20", default: "3.5, or 7 with faces", parse: numberFrom("width", 2, 20) },
    { flags: "--title <words>", text: "above the map", default: "none" },
    weightsFlag,
    { flags: "-s, --seed <n>", text: "of the sample and of t-SNE", default: "0", parse: seedNumber() },
    { ...threadsFlag, default: "libtorch's; 1 for a model" },
  ],
  notes: [
    "Embeddings are .npy, .parquet or .tsv as semblant embed or other programs write them; their classes are those of NAME.metadata.tsv.",
    "Near faces on the map are near in the run's space. Axes and the distances between far groups mean " +
      "nothing. Trustworthiness says how far the map keeps each face's nearest five, from 0 to 1.",
    "A map of thumbnails holds copies of faces: share it only where the data set may be shared.",
  ],
} as const satisfies CommandPage;
