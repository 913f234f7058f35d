import { OptionError } from "@semblant/core";
import { writeUnlessEdited } from "@semblant/files";
import { loadLab } from "../lab/load-lab.ts";
import type { CommandPage } from "../terminal/page.ts";
import { numberFrom, oneOf, wholeNumber } from "../terminal/parse.ts";
import type { CommandModule } from "./command.ts";
import { labelModes } from "./label-modes.ts";

export const page: CommandPage = {
  name: "soft-labels",
  usage: "<teacher...> --csv <file> [options]",
  sentence: "Let trained runs or exported models say how likely each expression of training faces is, for a network to learn from.",
  examples: [
    ["semblant soft-labels runs/1 --csv soft.csv", "one teacher"],
    ["semblant soft-labels runs/1 runs/2 --csv soft.csv", "the mean of two"],
    ["semblant soft-labels best --data faces/ --csv soft.csv", "a model that ships"],
  ],
  arguments: ["<teacher...>"],
  options: [
    { flags: "--csv <file>", writes: "file", text: "the table: a face's path and a column a class", default: "required" },
    { flags: "-d, --data <path>", text: "whose training faces; models alone need it", default: "the first run's" },
    {
      flags: "-l, --labels <mode>",
      text: `FER+: ${labelModes.join(", ")}`,
      default: "the first run's",
      parse: oneOf("labels", labelModes),
    },
    {
      flags: "--votes <share>",
      text: "how much people's own votes count beside the runs",
      default: "0.3",
      parse: numberFrom("votes", 0, 1),
    },
    { flags: "--no-mirror", text: "look at each face alone, not at its mirror image too" },
    { flags: "-t, --threads <n>", text: "threads an operation may use", default: "libtorch's", parse: wholeNumber("threads", 1, 1024) },
  ],
  notes: [
    "A teacher is a run's folder, an exported .onnx file, or best or small (the models that ship).",
    "To train with it: semblant train data.softLabels=soft.csv, on the same data and labels.",
    "A run answers with its classifier, where it has one, and else with Gaussians fitted to its classes. Labels do not change.",
  ],
};

export const command: CommandModule = {
  page,
  async run([teachers], { csv, data, labels, votes, mirror, threads }, terminal) {
    const { softLabels, softLabelsCsv } = await loadLab();
    if (csv === undefined)
      throw new OptionError("soft-labels: expected --csv with the file to write, but got nothing.\n  See: semblant soft-labels --help");
    const soft = await softLabels(
      teachers as string[],
      {
        data: {
          ...(data !== undefined && { source: data as string }),
          ...(labels !== undefined && { labels: labels as (typeof labelModes)[number] }),
        },
        ...(votes !== undefined && { votes: votes as number }),
        ...(mirror === false && { mirror }),
        ...(threads !== undefined && { threads: threads as number }),
      },
      (text) => terminal.live(text),
    );
    await writeUnlessEdited(csv as string, softLabelsCsv(soft));
    terminal.endLive();
    const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
    terminal.print(`${soft.ids.length} faces: ${csv as string}`);
    terminal.print(
      `Labels agreed with: ${soft.agreement.runs.map(percent).join(", ")}; all together, votes included: ${percent(soft.agreement.all)}`,
    );
    terminal.print(`To train with it:  semblant train data.softLabels=${csv as string} ...`);
    terminal.result({ csv, faces: soft.ids.length, agreement: soft.agreement });
    return 0;
  },
};
