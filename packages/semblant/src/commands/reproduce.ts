import { existsSync } from "node:fs";
import { formatTable } from "@semblant/core/internals";
import type { PublishedMethod, PublishedNetwork, Step } from "@semblant/lab/internals";
import { threadsFlag } from "../flags/threads-flag.ts";
import { loadLab } from "../lab/load-lab.ts";
import { stoppableTraining } from "../lab/stoppable-training.ts";
import { commandOf } from "../terminal/command.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { onlyGiven } from "../terminal/given.ts";
import { listOf, wholeNumber } from "../terminal/parse.ts";
import { trainingLine } from "../terminal/progress.ts";

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

export const command = commandOf(page, async ([words], { data, ...options }, terminal) => {
  const { loadCharts, reproduce } = await loadLab();
  await loadCharts(); // what is missing for the pages is said before the work
  // --data takes as many words as follow it: those that are settings are none of its paths.
  const isSetting = (word: string) => word.includes("=") && !existsSync(word);
  const overrides = [...words, ...(data ?? [])].filter(isSetting);
  const experiments = words.filter((word) => !isSetting(word));
  const paths = data?.filter((path) => !isSetting(path));
  const interruption = await stoppableTraining(terminal);
  const progress = (text: string, step?: Step) => {
    if (step !== undefined) interruption.begun();
    terminal.live(step === undefined ? text : `${text}  ${trainingLine(step)}`);
  };
  const asked = { ...options, ...onlyGiven({ data: paths }), experiments, overrides, progress, signal: interruption.signal };
  const made: object[] = [];
  try {
    for await (const { name, title, page: path, pictures, finding } of reproduce(asked)) {
      terminal.endLive();
      terminal.print(`${terminal.color.bold(title)}\n${finding.lead}\n`);
      for (const { title: section, table } of finding.sections) {
        if (table !== undefined) terminal.print(`${section}\n${formatTable(table)}\n`);
      }
      terminal.print(`page: ${path} (holds copies of faces where it shows any)\n`);
      made.push({ experiment: name, lead: finding.lead, page: path, pictures, numbers: finding.numbers });
    }
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    terminal.note("Stopped. What is trained is kept: the same command goes on.");
    return 130;
  } finally {
    interruption.release();
  }
  terminal.result({ experiments: made });
  return 0;
});
