import { OptionError } from "@semblant/core";
import { writeUnlessEdited } from "@semblant/files/internals";
import { labelModes } from "../flags/label-modes.ts";
import { threadsFlag } from "../flags/threads-flag.ts";
import { loadLab } from "../lab/load-lab.ts";
import { commandOf } from "../terminal/command.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { onlyGiven } from "../terminal/given.ts";
import { numberFrom, oneOf } from "../terminal/parse.ts";

export const page = {
  name: "soft-labels",
  group: "training",
  place: 7,
  usage: "<teacher...> --csv <file> [options]",
  sentence: "Write soft labels for distillation: what trained runs or exported models say of each training face.",
  examples: [
    ["semblant soft-labels runs/1 --csv soft.csv", "one teacher"],
    ["semblant soft-labels runs/1 runs/2 --csv soft.csv", "the mean of two"],
    ["semblant soft-labels best --data faces/ --csv soft.csv", "a model that ships"],
  ],
  arguments: ["<teacher...>"],
  options: [
    { flags: "--csv <file>", writes: "file", text: "the table: a face's path, and one column per class", default: "required" },
    { flags: "-d, --data <path>", text: "whose training faces; models alone need it", default: "the first run's" },
    {
      flags: "-l, --labels <mode>",
      text: `FER+: ${labelModes.join(", ")}`,
      default: "the first run's",
      parse: oneOf("labels", labelModes),
    },
    {
      flags: "--votes <share>",
      text: "how much people's votes count beside the teachers",
      default: "0.3",
      parse: numberFrom("votes", 0, 1),
    },
    { flags: "--no-flip", name: "mirror", earlier: "--no-mirror", text: "no test-time flip: look at each face once" },
    threadsFlag,
  ],
  notes: [
    "A teacher is a run's folder, a file of semblant export or adapt, or best, small or posed (the models that ship).",
    "To train with it: semblant train data.softLabels=soft.csv, on the same data and labels.",
    "A run answers with its classifier, where it has one. Otherwise it answers with Gaussians fitted to its classes. Labels do not change.",
  ],
} as const satisfies CommandPage;

export const command = commandOf(page, async ([teachers], { csv, data, labels, ...options }, terminal) => {
  const { softLabels, softLabelsCsv } = await loadLab();
  if (csv === undefined)
    throw new OptionError("soft-labels: expected --csv with the file to write, but got nothing.\n  See: semblant soft-labels --help");
  const soft = await softLabels(teachers, { ...options, data: onlyGiven({ source: data, labels }) }, terminal.live);
  await writeUnlessEdited(csv, softLabelsCsv(soft));
  terminal.endLive();
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  terminal.print(`${soft.ids.length} faces: ${csv}`);
  terminal.print(
    `Labels agreed with: ${soft.agreement.runs.map(percent).join(", ")}; all together, votes included: ${percent(soft.agreement.all)}`,
  );
  terminal.print(`To train with it:  semblant train data.softLabels=${csv} ...`);
  terminal.result({ csv, faces: soft.ids.length, agreement: soft.agreement });
  return 0;
});
