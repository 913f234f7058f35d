import { OptionError } from "@semblant/core";
import { duration, show as shown } from "@semblant/core/internals";
import type { SubdivideDataOptions, SubdividedData } from "@semblant/lab";
import type { PartialSettings, RankPlace, SubdivisionSettings, SubdivisionStep } from "@semblant/lab/internals";
import { settingsFromFlags } from "../flags/settings-from-flags.ts";
import { loadLab } from "../lab/load-lab.ts";
import { stoppableTraining } from "../lab/stoppable-training.ts";
import { page } from "../pages/subdivide.ts";
import { inProcesses } from "../ranks/in-processes.ts";
import { tellStarter } from "../ranks/rank-process.ts";
import { commandOf } from "../terminal/command.ts";
import { type GivenFlags, onlyGiven } from "../terminal/given.ts";
import { trainingLine } from "../terminal/progress.ts";
import type { Terminal } from "../terminal/terminal.ts";

export const command = commandOf(page, async ([given], options, terminal) => {
  const work = (own: Terminal, place?: RankPlace) => subdivide(given, { ...options, ...(place && { place }) }, own);
  return inProcesses({ command: "subdivide", workers: options.workers }, terminal, work);
});

type Options = GivenFlags<typeof page> & { readonly place?: RankPlace };

/** The work of this process: alone, or as a rank of several. */
async function subdivide(given: readonly string[], options: Options, terminal: Terminal): Promise<number> {
  const { placesFrom, subdivideData } = await loadLab();
  const { config, out, resume, threads, place, timeLimit } = options;
  const overrides = [...settingsFromFlags(page, options), ...given];
  const what = resume === undefined ? { overrides } : { moved: await placesFrom("subdivide", overrides, options) };
  const interruption = await stoppableTraining(terminal, { patient: place !== undefined });
  let begun = false;
  try {
    if (resume !== undefined) terminal.note(`resuming ${resume} ...`);
    const settings = config === undefined ? {} : await settingsOfFile(config);
    const subdivided = await subdivideData(
      { ...what, ...settings, ...onlyGiven({ out, resume, threads, place, timeLimit }), signal: interruption.signal },
      (step, run) => {
        if (!begun) tellStarter({ run });
        begun = true;
        interruption.begun();
        show(step, terminal);
      },
    );
    terminal.endLive();
    return await tellEnd(subdivided, terminal);
  } finally {
    interruption.release();
  }
}

/** A file's settings: those of the training, and in its section `subdivision` the others. */
async function settingsOfFile(path: string): Promise<Pick<SubdivideDataOptions, "settings" | "subdivision">> {
  const { readConfig } = await import("../lab/config.ts");
  const { subdivision, ...settings } = readConfig(path) as PartialSettings & { subdivision?: Partial<SubdivisionSettings> };
  if (subdivision !== undefined && (typeof subdivision !== "object" || subdivision === null || Array.isArray(subdivision))) {
    throw new OptionError(
      `subdivide: expected subdivision to be a section of settings, but got ${shown(subdivision)}.\n  In YAML: subdivision: { levels: 3 }`,
    );
  }
  return { settings, ...(subdivision && { subdivision }) };
}

function show({ level, levels, split, step, report }: SubdivisionStep, terminal: Terminal): void {
  const where = `level ${level}/${levels}`;
  if (step !== undefined) terminal.live(`${where}  ${trainingLine(step)}`);
  if (split !== undefined) {
    const before = split.agreement === undefined ? "" : `, ${split.agreement.toFixed(2)} with the level before`;
    terminal.note(
      `${where}  split into ${split.sizes.flat().length} sub-classes; agreement ${split.repeatability.toFixed(2)} ` +
        `with another start${before}`,
    );
  }
  if (report !== undefined) {
    const held = report.neighborAccuracy === undefined ? "" : `, classes hold at ${report.neighborAccuracy.toFixed(1)} % by 11 neighbours`;
    terminal.note(`${where}  done: loss ${report.loss.toPrecision(3)}${held}`);
  }
}

async function tellEnd(subdivided: SubdividedData, terminal: Terminal): Promise<number> {
  const { columnsExplained, formatLevels } = await loadLab();
  const { folder, levels, reason, message, seconds } = subdivided;
  if (levels.length > 0) terminal.print(`${formatLevels(levels)}\n\n${columnsExplained}\n`);
  const gaveUp = reason === "not finite" || reason === "collapsed";
  const saved = gaveUp && levels.length === 0 ? "\nNothing could be saved." : `, saved in ${folder}`;
  terminal.print(`${message} ${duration(seconds)}${saved}`);
  if (gaveUp) terminal.print("Subdivide again with a lower --learning-rate into another folder (--out).");
  if (reason === "stopped") terminal.print(`To go on:     semblant subdivide --resume ${folder}`);
  if (levels.length > 0) terminal.print(`To evaluate:  semblant evaluate ${folder}/level-${levels.length}`);
  terminal.result(subdivided);
  if (gaveUp) return 1;
  return reason === "stopped" ? 130 : 0;
}
