import { labelModes } from "../flags/label-modes.ts";
import { threadsFlag } from "../flags/threads-flag.ts";
import type { CommandPage } from "../terminal/declaration.ts";
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
