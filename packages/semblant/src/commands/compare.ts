import type { CompareProgress } from "@semblant/lab";
import { loadLab } from "../lab/load-lab.ts";
import type { CommandPage } from "../terminal/page.ts";
import { oneOf, wholeNumber } from "../terminal/parse.ts";
import { trainingLine } from "../terminal/progress.ts";
import type { CommandModule } from "./command.ts";
import { stoppableTraining } from "./stopping-training.ts";

const byDefault = ["sgm", "triplet", "softmax"];

export const page: CommandPage = {
  name: "compare",
  usage: "[options] [name=value ...]",
  sentence: "Train several losses under one protocol, some seeds each, and tell which differences are more than luck.",
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
    { flags: "-d, --data <path>", text: "a folder or table of faces, or generated", default: "generated" },
    { flags: "-p, --preset <name>", text: "best, or the paper as published", default: "best", parse: oneOf("preset", ["best", "paper"]) },
    { flags: "-e, --epochs <n>", text: "times through the training faces", default: "16", parse: wholeNumber("epochs", 1) },
    { flags: "--width <n>", text: "channels of the first stage", default: "64", parse: wholeNumber("width", 1) },
    { flags: "-k, --neighbors <n>", text: "training faces that vote", default: "11", parse: wholeNumber("neighbors", 1) },
    {
      flags: "--bootstrap <n>",
      text: "draws behind each interval, 0 for none",
      default: "1000",
      parse: wholeNumber("bootstrap", 0, 1_000_000),
    },
    { flags: "-t, --threads <n>", text: "threads an operation may use", default: "libtorch's", parse: wholeNumber("threads", 1, 1024) },
  ],
  notes: [
    "Losses: sgm, triplet, softmax, cross-entropy, contrastive, n-pair, lifted-structure, supervised-contrastive, proxy-anchor, arcface.",
    "Every setting of train can be given as name=value, for all runs. Validation chooses the epoch; the test faces are measured once.",
    "Ctrl-C stops after the step and saves; the same command goes on from there. The status is then 130.",
  ],
};

/** The settings that flags stand for. */
const settingOf: Readonly<Record<string, string>> = { data: "data.source", preset: "preset", epochs: "epochs", width: "network.width" };

export const command: CommandModule = {
  page,
  async run([given], options, terminal) {
    const { compareLosses, formatComparedLosses } = await loadLab();
    const flags = Object.entries(settingOf).flatMap(([flag, setting]) =>
      options[flag] === undefined ? [] : [`${setting}=${String(options[flag])}`],
    );
    const interruption = await stoppableTraining(terminal);
    try {
      let shown = "";
      const comparison = await compareLosses(
        {
          losses: (options.losses as string[] | undefined) ?? byDefault,
          overrides: [...flags, ...((given ?? []) as string[])],
          ...(options.seeds !== undefined && { seeds: options.seeds as number }),
          ...(options.out !== undefined && { out: options.out as string }),
          ...(options.neighbors !== undefined && { neighbors: options.neighbors as number }),
          ...(options.bootstrap !== undefined && { bootstrap: options.bootstrap as number }),
          ...(options.threads !== undefined && { threads: options.threads as number }),
          signal: interruption.signal,
        },
        (progress) => {
          const heading = headingOf(progress);
          if (heading !== shown) terminal.note(heading);
          shown = heading;
          if (progress.step === undefined) return;
          interruption.begun();
          terminal.live(trainingLine(progress.step));
        },
      );
      terminal.endLive();
      if (comparison === undefined) {
        terminal.print("Stopped. The same command goes on from here.");
        terminal.result({ reason: "stopped" });
        return 130;
      }
      terminal.print(formatComparedLosses(comparison, terminal.color));
      terminal.result(comparison);
      return 0;
    } finally {
      interruption.release();
    }
  },
};

function headingOf({ place, runs, loss, seed, step }: CompareProgress): string {
  return `${step === undefined ? "measuring" : "training"} ${place}/${runs}: ${loss}, seed ${seed}`;
}
