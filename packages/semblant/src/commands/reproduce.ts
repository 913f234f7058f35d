import { existsSync } from "node:fs";
import { formatTable } from "@semblant/core/internals";
import type { Step } from "@semblant/lab/internals";
import { loadLab } from "../lab/load-lab.ts";
import { stoppableTraining } from "../lab/stoppable-training.ts";
import { page } from "../pages/reproduce.ts";
import { commandOf } from "../terminal/command.ts";
import { onlyGiven } from "../terminal/given.ts";
import { trainingLine } from "../terminal/progress.ts";

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
