import { ranksFlags } from "../flags/ranks-flags.ts";
import { levelFlags, subdivisionFlags } from "../flags/subdivision-flags.ts";
import { threadsFlag } from "../flags/threads-flag.ts";
import type { CommandPage } from "../terminal/declaration.ts";

export const page = {
  name: "subdivide",
  group: "training",
  place: 3,
  usage: "[options] [name=value ...]",
  sentence: "Find sub-classes of each expression, without labels for them, and train the space to hold them apart (Algorithm 2).",
  examples: [
    ["semblant subdivide --data generated", "made-up faces: a first try"],
    ["semblant subdivide -d ferplus/ --out runs/sub", "five sub-classes of each"],
    ["semblant subdivide --resume runs/sub", "go on where it stopped"],
  ],
  arguments: ["[settings...]"],
  options: [
    ...levelFlags,
    ...subdivisionFlags,
    { flags: "-c, --config <file>", text: "settings from YAML, with a section subdivision; flags and name=value come after it" },
    {
      flags: "-o, --out <folder>",
      writes: "folder",
      otherwise: "runs",
      text: "folder of its levels, each a run",
      default: "runs/1, runs/2, ...",
    },
    {
      flags: "-r, --resume <folder>",
      writes: "folder",
      text: "go on where it stopped, bit for bit; with --data where its faces were moved",
    },
    threadsFlag,
    ...ranksFlags,
  ],
  notes: [
    "Every setting that train takes can be given as name=value, and those of the subdivision as " +
      "subdivision.name=value. A level is a run: evaluate and embed take FOLDER/level-5.",
    "Ctrl-C stops after the step, saves, and says how to go on; the status is then 130.",
  ],
} as const satisfies CommandPage;
