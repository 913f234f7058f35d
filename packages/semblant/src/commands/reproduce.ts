import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { OptionError, show } from "@semblant/core";
import type { Step } from "@semblant/training";
import { loadEngine } from "../engine.ts";
import { makeFolder, writeWhole } from "../files.ts";
import type { Finding } from "../paper/experiment.ts";
import { experimentNames, loadExperiment } from "../paper/experiments.ts";
import { type Architecture, architectures, type Method, methods } from "../paper/published.ts";
import { openStudy, type StudyOptions } from "../paper/study.ts";
import { loadCharts } from "../pictures/load-charts.ts";
import { shownSettings } from "../report/shown-settings.ts";
import type { CommandPage } from "../terminal/page.ts";
import { listOf, wholeNumber } from "../terminal/parse.ts";
import { trainingLine } from "../terminal/progress.ts";
import { remark } from "../terminal/remarks.ts";
import { formatTable } from "../terminal/table.ts";
import { duration } from "../terminal/terminal.ts";
import { version } from "../version.ts";
import type { CommandModule } from "./command.ts";
import { stoppableTraining } from "./stopping-training.ts";

/** The word for each of the paper's methods. */
const methodNames = Object.keys(methods) as Method[];
const networkNames = Object.keys(architectures) as Architecture[];

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

/** What {@link reproduce} is told. */
export interface ReproduceOptions extends StudyOptions {
  /** `table-1` to `figure-9`, or `all`. */
  readonly experiments: readonly string[];
  /** Folder of the pages. */
  readonly out?: string;
}

/** An experiment made and written. */
export interface Reproduced {
  readonly name: string;
  readonly title: string;
  readonly page: string;
  readonly pictures: readonly string[];
  readonly finding: Finding;
}

/**
 * Makes experiments of the paper: trains what is missing, measures, writes `<name>.html`, `<name>.json` and the pictures.
 *
 * @throws OptionError for an unknown experiment
 */
export async function* reproduce(options: ReproduceOptions): AsyncGenerator<Reproduced, void, undefined> {
  const { experiments, out = "pages", ...rest } = options;
  const names = experiments.includes("all") ? experimentNames : experiments;
  const unknown = names.find((name) => !experimentNames.includes(name));
  if (unknown !== undefined) {
    throw new OptionError(`reproduce: expected ${experimentNames.join(", ")} or all, but got ${show(unknown)}.`);
  }
  const study = openStudy(rest);
  const [{ experimentPage }, { writePicture }, { openRun }] = await Promise.all([
    import("../paper/experiment-page.ts"),
    import("../pictures/write-picture.ts"),
    loadEngine(),
  ]);
  for (const name of names) {
    const began = performance.now();
    const experiment = await loadExperiment(name);
    const said = await study.announce(experiment.trains);
    const found = await experiment.make(study);
    const cut = study.cutShort();
    const finding = cut === undefined ? found : { ...found, lead: `${found.lead} ${cut}` };
    makeFolder(out);
    const pictures: string[] = [];
    for (const { picture } of finding.sections) {
      if (picture === undefined) continue;
      for (const ending of ["svg", "png"]) {
        const path = join(out, `${picture.file}.${ending}`);
        await writePicture(path, picture.svg);
        pictures.push(path);
      }
    }
    const settings = Object.fromEntries(finding.runs.map((run) => [basename(run), shownSettings(openRun(run).settings)]));
    const made = {
      command: `semblant reproduce ${name}${study.quick ? " --quick" : ""}`,
      settings,
      seconds: (performance.now() - began) / 1000,
      ...(said !== undefined && { secondsSaid: said }),
      version,
      quick: study.quick,
    };
    const path = join(out, `${name}.html`);
    await writeWhole(path, experimentPage(experiment, finding, made));
    const { lead, numbers } = finding;
    await writeWhole(join(out, `${name}.json`), `${JSON.stringify({ experiment: name, lead, numbers, ...made }, null, 2)}\n`);
    if (said !== undefined) remark(`${name}: took ${duration((performance.now() - began) / 1000)}; ${duration(said)} were said.`);
    yield { name, title: experiment.title, page: path, pictures, finding };
  }
}

export const command: CommandModule = {
  page,
  async run([given], options, terminal) {
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
    const interruption = stoppableTraining(terminal);
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
