import type { CommandOption, CommandPage } from "../terminal/page.ts";
import { numberAbove, oneOf, wholeNumber } from "../terminal/parse.ts";
import { settingOf, page as trainPage } from "./train-page.ts";

/** A flag that stands for one setting of the subdivision. */
interface SubdivisionOption extends CommandOption {
  readonly setting: string;
}

const subdivisionOptions: readonly SubdivisionOption[] = [
  {
    setting: "levels",
    flags: "-l, --levels <n>",
    text: "level 1 trains on the classes themselves",
    default: "5",
    parse: wholeNumber("levels", 1),
  },
  {
    setting: "subclasses",
    flags: "--subclasses <n>",
    text: "of a class, at most",
    default: "5",
    parse: wholeNumber("subclasses", 1),
  },
  {
    setting: "growth",
    flags: "--growth <how>",
    text: "gradual: one more a level; at-once: the most from level 2 on, which finds kinds that a long level 1 trains away",
    default: "gradual",
    parse: oneOf("growth", ["gradual", "at-once"]),
  },
  { setting: "by", flags: "--by <how>", text: "em or k-means", default: "em", parse: oneOf("by", ["em", "k-means"]) },
  {
    setting: "covariance",
    flags: "--covariance <kind>",
    text: "of em: full, tied, diagonal or spherical",
    default: "diagonal",
    parse: oneOf("covariance", ["full", "tied", "diagonal", "spherical"]),
  },
  {
    setting: "regularization",
    flags: "--regularization <x>",
    text: "added to variances, as a share of the class's",
    default: "0.01",
    parse: numberAbove("regularization"),
  },
  {
    setting: "choose",
    flags: "--choose <how>",
    text: "how many of them: all, or as bic or held-out likelihood says",
    default: "all",
    parse: oneOf("choose", ["all", "bic", "held-out"]),
  },
  { setting: "nested", flags: "--nested", text: "part the last level's sub-classes further, so that each keeps its name" },
  {
    setting: "perSubclass",
    flags: "--per-subclass <n>",
    text: "faces of each sub-class in a batch",
    default: "16",
    parse: wholeNumber("per-subclass", 1),
  },
  {
    setting: "firstEpochs",
    flags: "--first-epochs <n>",
    text: "of level 1",
    default: "as many as the others",
    parse: wholeNumber("first-epochs", 1),
  },
];

/** What the training itself takes, in other words where they mean something else here. */
const ofTraining: Readonly<Record<string, string | undefined>> = {
  "--data": undefined,
  "--labels": undefined,
  "--preset": undefined,
  "--network": undefined,
  "--width": undefined,
  "--sigma": "width of the Gaussians",
  "--epochs": "of each level",
  "--per-class": "faces of each class in a batch of level 1",
  "--learning-rate": "the highest of each level's schedule",
  "--precision": undefined,
  "--device": undefined,
  "--seed": undefined,
};

const longFlag = (flags: string) => /--[a-z-]+/.exec(flags)?.[0] ?? "";
const camel = (flag: string) => flag.slice(2).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

const trainingOptions = trainPage.options
  .filter(({ flags }) => longFlag(flags) in ofTraining)
  .map((option) => ({ ...option, text: ofTraining[longFlag(option.flags)] ?? option.text }));

/** The setting of the subdivision that each flag stands for, by the name its value has once parsed. */
export const subdivisionSettingOf: Readonly<Record<string, string>> = Object.fromEntries(
  subdivisionOptions.map(({ flags, setting }) => [camel(longFlag(flags)), setting]),
);

/** The same for the settings of the training. */
export const trainingSettingOf: Readonly<Record<string, string>> = Object.fromEntries(
  trainingOptions.map(({ flags }) => [camel(longFlag(flags)), settingOf[camel(longFlag(flags))] as string]),
);

export const page: CommandPage = {
  name: "subdivide",
  usage: "[options] [name=value ...]",
  sentence: "Find kinds of faces inside each expression, named by nobody, and train the space to hold them apart (Algorithm 2).",
  examples: [
    ["semblant subdivide --data generated", "made-up faces: a first try"],
    ["semblant subdivide -d ferplus/ --out runs/kinds", "five kinds of each"],
    ["semblant subdivide --resume runs/kinds", "go on where it stopped"],
  ],
  arguments: ["[settings...]"],
  options: [
    ...trainingOptions,
    ...subdivisionOptions,
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
    { flags: "-t, --threads <n>", text: "threads an operation may use", default: "libtorch's", parse: wholeNumber("threads", 1, 1024) },
  ],
  notes: [
    "Every setting that train takes can be given as name=value, and those of the subdivision as subdivision.name=value. A level is a run: evaluate and embed take FOLDER/level-5.",
    "Ctrl-C stops after the step, saves, and says how to go on; the status is then 130.",
  ],
};
