import { loadEngine } from "../engine.ts";
import type { CommandPage } from "../terminal/page.ts";
import { oneOf } from "../terminal/parse.ts";
import type { CommandModule } from "./command.ts";

export const labelModes = ["majority", "probability", "crossentropy", "multi_target", "votes"] as const;

export const page: CommandPage = {
  name: "data inspect",
  usage: "<path> [options]",
  sentence: "Say what a folder or table of labelled faces holds, what is left out and why, and everything that is wrong with it.",
  examples: [
    ["semblant data inspect ferplus/", "fer2013.csv with FER+ votes"],
    ["semblant data inspect photos/", "a folder for each class"],
    ["semblant data inspect faces.csv --json", "path,label[,split]; all as one JSON"],
  ],
  arguments: ["<path>"],
  options: [
    { flags: "-l, --labels <mode>", text: `FER+: ${labelModes.join(", ")}`, default: "majority", parse: oneOf("labels", labelModes) },
    { flags: "--all", text: "list every fault, not the first 50 of a kind" },
  ],
  notes: ["Status is also 1 where a fault keeps the data from being read."],
};

export interface InspectDataOptions {
  readonly labels?: (typeof labelModes)[number];
}

/** What is at the path: layout, counts, what is dropped, twins across splits, faults. */
export async function inspectData(path: string, { labels }: InspectDataOptions = {}) {
  const { inspectDataset } = await loadEngine();
  return inspectDataset(path, labels === undefined ? {} : { labels });
}

export const command: CommandModule = {
  page,
  async run([path], { labels, all }, terminal) {
    const inspection = await inspectData(
      path as string,
      labels === undefined ? {} : { labels: labels as NonNullable<InspectDataOptions["labels"]> },
    );
    const { formatInspection } = await loadEngine();
    terminal.print(formatInspection(inspection, all ? { most: Number.POSITIVE_INFINITY } : {}).join("\n"));
    terminal.result(inspection);
    return inspection.faults.some(({ stops }) => stops) ? 1 : 0;
  },
};
