import { existsSync } from "node:fs";
import { formatTable } from "@semblant/core";
import type { Architecture, Method, Step, StudyOptions } from "@semblant/lab";
import { loadLab } from "../lab/load-lab.ts";
import type { CommandPage } from "../terminal/page.ts";
import { listOf, wholeNumber } from "../terminal/parse.ts";
import { trainingLine } from "../terminal/progress.ts";
import type { CommandModule } from "./command.ts";
import { stoppableTraining } from "./stopping-training.ts";

/** The word for each of the paper's methods. */
const methodNames = ["cross-entropy", "triplet", "sgm"] as const satisfies readonly Method[];
const networkNames = ["fmpnet", "cvgg13", "alexnet", "resnet18", "preactresnet18"] as const satisfies readonly Architecture[];
/** The tables and figures that can be made again. */
const experimentNames = ["table-1", "table-2", ...[2, 3, 4, 5, 6, 7, 8, 9].map((n) => `figure-${n}`)];

export const page: CommandPage = {
  name: "reproduce",
  usage: "<experiment ...> [options] [name=value ...]",
  sentence:
    "Make a table or figure of the paper again, ours beside the paper's: a page with the numbers, the pictures and the settings that made them.",
  examples: [
    ["semblant reproduce table-2 --quick", "minutes, made-up faces"],
    ["semblant reproduce table-2 --data ferplus/", "trains 15 networks"],
    ["semblant reproduce figure-6 --run runs/a", "of a finished run"],
  ],
  arguments: ["<experiment...>"],
  options: [
    { flags: "-d, --data <path...>", text: "trained on first, looked at then; twice or more", default: "generated" },
    { flags: "--quick", text: "generated faces, small networks, some minutes: it says how long, and keeps to it" },
    { flags: "--runs <folder>", text: "finished runs are taken from here, missing ones trained", default: "runs/paper" },
    { flags: "--run <run>", text: "for figures of one network", default: "ResNet18 with SGM" },
    { flags: "--subdivision <folder>", text: "of subdivide, for figures 7 to 9", default: "made now" },
    { flags: "--networks <names>", text: "with commas", default: "all five", parse: listOf("networks", networkNames) },
    { flags: "--methods <losses>", text: "with commas", default: "cross-entropy,triplet,sgm", parse: listOf("methods", methodNames) },
    { flags: "--seeds <n>", text: "trainings of each", default: "1", parse: wholeNumber("seeds", 1, 1000) },
    { flags: "-o, --out <folder>", writes: "folder", otherwise: "pages", text: "for the pages", default: "pages" },
    { flags: "-t, --threads <n>", text: "threads an operation may use", default: "libtorch's", parse: wholeNumber("threads", 1, 1024) },
  ],
  notes: [
    `Experiments: ${experimentNames.join(", ")}, or all.`,
    "name=value are settings of every training, as for train. Finished runs are not trained again; Ctrl-C stops after the step, and the same command goes on.",
  ],
};

export const command: CommandModule = {
  page,
  async run([given], options, terminal) {
    const { loadCharts, reproduce } = await loadLab();
    await loadCharts(); // what is missing for the pages is said before the work
    const words = given as unknown as string[];
    const {
      json: _json,
      quiet: _quiet,
      color: _color,
      data,
      ...others
    } = options as Omit<StudyOptions, "overrides"> & Record<string, unknown>;
    // --data takes as many words as follow it: those that are settings are none of its paths.
    const isSetting = (word: string) => word.includes("=") && !existsSync(word);
    const overrides = [...words, ...(data ?? [])].filter(isSetting);
    const experiments = words.filter((word) => !isSetting(word));
    const paths = data?.filter((path) => !isSetting(path));
    const rest = { ...others, ...(paths !== undefined && { data: paths }) };
    const interruption = await stoppableTraining(terminal);
    const progress = (text: string, step?: Step) => {
      if (step !== undefined) interruption.begun();
      terminal.live(step === undefined ? text : `${text}  ${trainingLine(step)}`);
    };
    const made: object[] = [];
    try {
      for await (const { name, title, page: path, pictures, finding } of reproduce({
        ...rest,
        experiments,
        overrides,
        progress,
        signal: interruption.signal,
      })) {
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
  },
};
