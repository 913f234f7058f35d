import type { PublishedMethod, PublishedNetwork } from "@semblant/lab/internals";
import { threadsFlag } from "../flags/threads-flag.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { listOf, wholeNumber } from "../terminal/parse.ts";

/** The word for each of the paper's methods. */
const methodNames = ["cross-entropy", "triplet", "sgm"] as const satisfies readonly PublishedMethod[];

const networkNames = ["fmpnet", "cvgg13", "alexnet", "resnet18", "preactresnet18"] as const satisfies readonly PublishedNetwork[];

/** The tables and figures that can be made again. */
const experimentNames = ["table-1", "table-2", ...[2, 3, 4, 5, 6, 7, 8, 9].map((n) => `figure-${n}`)];

export const page = {
  name: "reproduce",
  group: "training",
  place: 9,
  usage: "<experiment ...> [options] [name=value ...]",
  sentence: "Make a table or figure of the paper again, ours beside the paper's, as a page with numbers, pictures and settings.",
  examples: [
    ["semblant reproduce table-2 --quick", "minutes, made-up faces"],
    ["semblant reproduce table-2 --data ferplus/", "trains 15 networks"],
    ["semblant reproduce figure-6 --run runs/a", "of a finished run"],
  ],
  arguments: ["<experiment...>"],
  options: [
    {
      flags: "-d, --data <path...>",
      text: "the first is trained on, the others are looked at; may be given several times",
      default: "generated",
    },
    { flags: "--quick", text: "generated faces, small networks, some minutes: it says how long, and keeps to that" },
    { flags: "--runs <folder>", text: "finished runs are here; missing ones are trained", default: "runs/paper" },
    { flags: "--run <run>", text: "for figures of one network", default: "ResNet18 with SGM" },
    { flags: "--subdivision <folder>", text: "of subdivide, for figures 7 to 9", default: "made now" },
    { flags: "--networks <names>", text: "with commas", default: "all five", parse: listOf("networks", networkNames) },
    { flags: "--methods <losses>", text: "with commas", default: "cross-entropy,triplet,sgm", parse: listOf("methods", methodNames) },
    { flags: "--seeds <n>", text: "trainings of each", default: "1", parse: wholeNumber("seeds", 1, 1000) },
    { flags: "-o, --out <folder>", writes: "folder", otherwise: "pages", text: "for the pages", default: "pages" },
    threadsFlag,
  ],
  notes: [
    `Experiments: ${experimentNames.join(", ")}, or all.`,
    "Settings (name=value) are those of every training, as for train. Finished runs are not trained again. " +
      "Ctrl-C stops after the step, and the same command goes on.",
  ],
} as const satisfies CommandPage;
