import { threadsFlag } from "../flags/threads-flag.ts";
import { trainingFlags } from "../flags/training-flags.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { wholeNumber } from "../terminal/parse.ts";

export const byDefault = ["sgm", "triplet", "softmax"];

export const page = {
  name: "compare",
  group: "training",
  place: 5,
  usage: "[options] [name=value ...]",
  sentence: "Train several losses under one protocol, each with some seeds, and tell which differences are more than luck.",
  examples: [
    ["semblant compare --losses sgm,triplet,softmax", "on made-up faces"],
    ["semblant compare -l sgm,arcface --data ferplus/", "FER+, against SGM"],
    ["semblant compare -l triplet,triplet:mining=batch-hard", "one changed"],
  ],
  arguments: ["[settings...]"],
  options: [
    {
      flags: "-l, --losses <names>",
      text: "separated by commas; settings of one after colons (contrastive:memory=1024)",
      default: byDefault.join(","),
      parse: (text) => text.split(","),
    },
    { flags: "--seeds <n>", text: "trainings of each loss, with seeds 0, 1, 2, ...", default: "3", parse: wholeNumber("seeds", 1, 1000) },
    {
      flags: "-o, --out <folder>",
      writes: "folder",
      otherwise: "runs/compare",
      text: "of the runs; those finished there are not trained again",
      default: "runs/compare",
    },
    ...trainingFlags.filter(({ flags }) => /--(data|preset|epochs|base-channels)/.test(flags)),
    { flags: "-k, --neighbors <n>", text: "training faces that vote", default: "11", parse: wholeNumber("neighbors", 1) },
    {
      flags: "--bootstrap <n>",
      text: "draws behind each interval, 0 for none",
      default: "1000",
      parse: wholeNumber("bootstrap", 0, 1_000_000),
    },
    threadsFlag,
  ],
  notes: [
    "semblant train --loss list names all losses, with their options.",
    "Every setting of train can be given as name=value, for all runs. Validation chooses the epoch; the test faces are measured once.",
    "Ctrl-C stops after the step and saves; the same command goes on from there. The status is then 130.",
  ],
} as const satisfies CommandPage;
