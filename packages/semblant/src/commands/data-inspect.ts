import { loadReaders } from "../engine.ts";
import { openFaceFinder } from "../photos/face-finder.ts";
import type { CommandPage } from "../terminal/page.ts";
import { oneOf } from "../terminal/parse.ts";
import type { CommandModule } from "./command.ts";
import { dataOverrides } from "./data-overrides.ts";
import { sayKept } from "./open-data.ts";

export const labelModes = ["majority", "probability", "crossentropy", "multi_target", "votes"] as const;

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

export interface InspectDataOptions {
  readonly labels?: (typeof labelModes)[number];
  /** `data.name=value`: how the data is read. */
  readonly overrides?: readonly string[];
}

/** What is at the path: layout, counts, what is dropped, twins across splits, faults. */
export async function inspectData(
  path: string,
  { labels, overrides = [] }: InspectDataOptions = {},
  progress: (text: string) => void = () => {},
) {
  const { dataSettings, inspectDataset, optionsOfData, resolveSettings } = await loadReaders();
  const settings = dataSettings(resolveSettings({ data: { source: path, ...(labels !== undefined && { labels }) } }).data, overrides);
  const finder = openFaceFinder((done, total) => progress(`finding faces: ${done}/${total}`));
  try {
    const inspection = await inspectDataset(path, { ...optionsOfData(settings), finder });
    sayKept(inspection);
    return inspection;
  } finally {
    await finder.close();
  }
}

export const command: CommandModule = {
  page,
  async run([path, overrides], { labels, all }, terminal) {
    const inspection = await inspectData(
      path as string,
      {
        ...(labels !== undefined && { labels: labels as NonNullable<InspectDataOptions["labels"]> }),
        overrides: dataOverrides("data inspect", "<path>", (overrides ?? []) as string[]),
      },
      terminal.live,
    );
    terminal.endLive();
    const { formatInspection } = await loadReaders();
    terminal.print(formatInspection(inspection, all ? { most: Number.POSITIVE_INFINITY } : {}).join("\n"));
    terminal.result(inspection);
    return inspection.faults.some(({ stops }) => stops) ? 1 : 0;
  },
};
