import { ranksFlags } from "../flags/ranks-flags.ts";
import { threadsFlag } from "../flags/threads-flag.ts";
import { trainingFlags } from "../flags/training-flags.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { numberAbove } from "../terminal/parse.ts";

export const page = {
  name: "train",
  group: "training",
  place: 2,
  usage: "[options] [name=value ...]",
  sentence: "Train a network that puts faces with similar expressions near each other.",
  examples: [
    ["semblant train --data generated", "made-up faces: a first try"],
    ["semblant train --data ferplus/ --out runs/a", "FER+, the best settings"],
    ["semblant train --config sgm.yaml loss.sigma=2", "a file's, one changed"],
  ],
  arguments: ["[settings...]"],
  options: [
    ...trainingFlags,
    { flags: "-c, --config <file>", text: "settings from YAML; flags and name=value come after it" },
    { flags: "-o, --out <run>", writes: "folder", otherwise: "runs", text: "folder of the run", default: "runs/1, runs/2, ..." },
    {
      flags: "-r, --resume <run>",
      writes: "folder",
      text: "go on where a run stopped, bit for bit; with --data where its faces were moved",
    },
    { flags: "--go-on", text: "go on with the run in --out, if it is there already: for a launcher that starts again" },
    {
      flags: "--limit-minutes <m>",
      text: "at most so long, with reading; looked at after each step: fewer epochs, the schedule squeezed to fit",
      parse: numberAbove("limit-minutes"),
    },
    threadsFlag,
    ...ranksFlags,
  ],
  notes: [
    "Every setting of a run's settings.json can be given as name=value; none switches one off. Defaults are those of the preset best.",
    "With torchrun's variables (RANK, WORLD_SIZE, MASTER_ADDR, MASTER_PORT, LOCAL_RANK) it is one process of several, on any machines.",
    "Ctrl-C stops after the step, saves, and says how to go on; the status is then 130.",
  ],
} as const satisfies CommandPage;
