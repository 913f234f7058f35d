import type { InspectDataOptions } from "@semblant/lab";
import { loadLab } from "../lab/load-lab.ts";
import type { CommandPage } from "../terminal/page.ts";
import { oneOf } from "../terminal/parse.ts";
import type { CommandModule } from "./command.ts";
import { dataOverrides } from "./data-overrides.ts";
import { labelModes } from "./label-modes.ts";

export const page: CommandPage = {
  name: "data inspect",
  usage: "<path> [options] [data.name=value ...]",
  sentence: "Say what a folder or table of labelled faces holds, what is left out and why, and everything that is wrong with it.",
  examples: [
    ["semblant data inspect ferplus/", "fer2013.csv with FER+ votes"],
    ["semblant data inspect jaffe/", "a set as it is sent out"],
    ["semblant data inspect faces.csv --json", "path,label[,split]; all as one JSON"],
  ],
  arguments: ["<path>", "[settings...]"],
  options: [
    { flags: "-l, --labels <mode>", text: `FER+: ${labelModes.join(", ")}`, default: "majority", parse: oneOf("labels", labelModes) },
    { flags: "--all", text: "list every fault, not the first 50 of a kind" },
  ],
  notes: [
    "Known: FER+, FER2013, AffectNet, BU-3DFE, CelebA, CK+, JAFFE, KDEF, LFW, RAF-DB, a folder for each class, a table path,label[,split].",
    "Tables of other programs are read, too: semicolons, tabs, UTF-16, columns like filename or emotion.",
    "People are known by names of files and folders, and by columns like subject; data.people=none does not look for them.",
    "How it is read is said as for train: data.crop=whole, data.split=test ... Faces are found where pictures are heads or photos.",
    "Status is also 1 where a fault keeps the data from being read.",
  ],
};

export const command: CommandModule = {
  page,
  async run([path, overrides], { labels, all }, terminal) {
    const { formatInspection, inspectData } = await loadLab();
    const inspection = await inspectData(
      path as string,
      {
        ...(labels !== undefined && { labels: labels as NonNullable<InspectDataOptions["labels"]> }),
        overrides: dataOverrides("data inspect", "<path>", (overrides ?? []) as string[]),
      },
      terminal.live,
    );
    terminal.endLive();
    terminal.print(formatInspection(inspection, all ? { most: Number.POSITIVE_INFINITY } : {}).join("\n"));
    terminal.result(inspection);
    return inspection.faults.some(({ stops }) => stops) ? 1 : 0;
  },
};
