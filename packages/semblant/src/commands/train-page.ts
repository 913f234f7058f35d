import type { CommandOption, CommandPage } from "../terminal/page.ts";
import { numberAbove, oneOf, seedNumber, wholeNumber } from "../terminal/parse.ts";
import { labelModes } from "./label-modes.ts";

/** A flag that stands for one setting of the run. */
interface SettingOption extends CommandOption {
  readonly setting: string;
}

const networks = ["resnet18", "preactresnet18", "fmpnet", "cvgg13", "alexnet"] as const;

const settingOptions: readonly SettingOption[] = [
  { setting: "data.source", flags: "-d, --data <path>", text: "a folder or table of faces, or generated", default: "generated" },
  {
    setting: "data.labels",
    flags: "--labels <mode>",
    text: `FER+: ${labelModes.join(", ")}`,
    default: "majority",
    parse: oneOf("labels", labelModes),
  },
  {
    setting: "preset",
    flags: "-p, --preset <name>",
    text: "best, or the paper as published",
    default: "best",
    parse: oneOf("preset", ["best", "paper"]),
  },
  {
    setting: "network.name",
    flags: "--network <name>",
    text: networks.join(", "),
    default: "resnet18",
    parse: oneOf("network", networks),
  },
  {
    setting: "network.stem",
    flags: "--stem <name>",
    text: "of resnet18: 7x7, 3x3-pool, 3x3: 1, 4, 16 times the work",
    default: "3x3-pool",
    parse: oneOf("stem", ["7x7", "3x3-pool", "3x3"]),
  },
  { setting: "network.width", flags: "--width <n>", text: "channels of the first layer", default: "64", parse: wholeNumber("width", 1) },
  {
    setting: "network.size",
    flags: "--size <pixels>",
    text: "side of the square input; other networks take their own",
    default: "48",
    parse: wholeNumber("size", 8),
  },
  {
    setting: "network.weights",
    flags: "--start <file>",
    text: "weights to start from: best or small (the models that ship), .onnx, .safetensors",
    default: "none",
  },
  {
    setting: "network.dimensions",
    flags: "--dimensions <n>",
    text: "columns of the embedding",
    default: "64",
    parse: wholeNumber("dimensions", 1),
  },
  {
    setting: "loss.name",
    flags: "--loss <name>",
    text: "sgm, triplet, softmax, cross-entropy, contrastive, n-pair, lifted-structure, supervised-contrastive, proxy-anchor, arcface",
    default: "sgm",
    parse: oneOf("loss", [
      "sgm",
      "triplet",
      "softmax",
      "cross-entropy",
      "contrastive",
      "n-pair",
      "lifted-structure",
      "supervised-contrastive",
      "proxy-anchor",
      "arcface",
    ]),
  },
  { setting: "loss.sigma", flags: "--sigma <x>", text: "width of the classes' Gaussians", default: "2", parse: numberAbove("sigma") },
  {
    setting: "epochs",
    flags: "-e, --epochs <n>",
    text: "times through the training faces",
    default: "16",
    parse: wholeNumber("epochs", 1),
  },
  {
    setting: "perClass",
    flags: "--per-class <n>",
    text: "faces of each class in a batch",
    default: "30",
    parse: wholeNumber("per-class", 1),
  },
  {
    setting: "optimizer.learningRate",
    flags: "--learning-rate <x>",
    text: "the highest of the schedule",
    default: "0.002",
    parse: numberAbove("learning-rate"),
  },
  {
    setting: "precision",
    flags: "--precision <name>",
    text: "auto, bfloat16 or float32",
    default: "auto",
    parse: oneOf("precision", ["auto", "bfloat16", "float32"]),
  },
  { setting: "device", flags: "--device <name>", text: "auto, cpu, cuda, cuda:1", default: "auto" },
  { setting: "seed", flags: "-s, --seed <n>", text: "of everything random", default: "0", parse: seedNumber() },
];

/** `--learning-rate` as commander names its value: `learningRate`. */
const nameOf = (flags: string) => (/--([a-z-]+)/.exec(flags)?.[1] ?? "").replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The setting that each flag stands for, by the name its value has once parsed. */
export const settingOf: Readonly<Record<string, string>> = Object.fromEntries(
  settingOptions.map(({ flags, setting }) => [nameOf(flags), setting]),
);

export const page: CommandPage = {
  name: "train",
  usage: "[options] [name=value ...]",
  sentence: "Train a network to put faces with like expressions near each other.",
  examples: [
    ["semblant train --data generated", "made-up faces: a first try"],
    ["semblant train --data ferplus/ --out runs/a", "FER+, the best settings"],
    ["semblant train --config sgm.yaml loss.sigma=2", "a file's, one changed"],
  ],
  arguments: ["[settings...]"],
  options: [
    ...settingOptions,
    { flags: "-c, --config <file>", text: "settings from YAML; flags and name=value come after it" },
    { flags: "-o, --out <run>", writes: "folder", otherwise: "runs", text: "folder of the run", default: "runs/1, runs/2, ..." },
    {
      flags: "-r, --resume <run>",
      writes: "folder",
      text: "go on where a run stopped, bit for bit; with --data where its faces were moved",
    },
    {
      flags: "--limit-minutes <m>",
      text: "at most so long: fewer epochs, the schedule squeezed to fit",
      parse: numberAbove("limit-minutes"),
    },
    { flags: "-t, --threads <n>", text: "threads an operation may use", default: "libtorch's", parse: wholeNumber("threads", 1, 1024) },
  ],
  notes: [
    "Every setting of a run's settings.json can be given as name=value; none switches one off. Defaults are those of the preset best.",
    "Ctrl-C stops after the step, saves, and says how to go on; the status is then 130.",
  ],
};
