import type { CompareProgress } from "@semblant/lab";
import { settingsFromFlags } from "../flags/settings-from-flags.ts";
import { threadsFlag } from "../flags/threads-flag.ts";
import { trainingFlags } from "../flags/training-flags.ts";
import { loadLab } from "../lab/load-lab.ts";
import { stoppableTraining } from "../lab/stoppable-training.ts";
import { commandOf } from "../terminal/command.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { onlyGiven } from "../terminal/given.ts";
import { wholeNumber } from "../terminal/parse.ts";
import { trainingLine } from "../terminal/progress.ts";

const byDefault = ["sgm", "triplet", "softmax"];

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

export const command = commandOf(page, async ([settings], options, terminal) => {
  const { losses = byDefault, seeds, out, neighbors, bootstrap, threads } = options;
  const { compareLosses, formatComparedLosses } = await loadLab();
  const interruption = await stoppableTraining(terminal);
  try {
    let shown = "";
    const comparison = await compareLosses(
      {
        ...onlyGiven({ seeds, out, neighbors, bootstrap, threads }),
        losses,
        overrides: [...settingsFromFlags(page, options), ...settings],
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
});

function headingOf({ place, runs, loss, seed, step }: CompareProgress): string {
  return `${step === undefined ? "measuring" : "training"} ${place}/${runs}: ${loss}, seed ${seed}`;
}
