import type { CommandOption } from "../terminal/declaration.ts";
import { numberAbove, oneOf, seedNumber, wholeNumber } from "../terminal/parse.ts";
import { labelModes } from "./label-modes.ts";

/** The flags of train that stand for settings of the run. Defaults are those of the preset best. */
export const trainingFlags = [
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
    text: "what learns; list names them all, with their options",
    default: "resnet18",
  },
  {
    setting: "network.stem",
    flags: "--stem <name>",
    text: "of resnet18: 7x7, 3x3-pool or 3x3, with 1, 4 or 16 times the work",
    default: "3x3-pool",
    parse: oneOf("stem", ["7x7", "3x3-pool", "3x3"]),
  },
  {
    setting: "network.baseChannels",
    flags: "--base-channels <n>",
    earlier: "--width",
    text: "channels of the first layer",
    default: "64",
    parse: wholeNumber("base-channels", 1),
  },
  {
    setting: "network.size",
    flags: "--size <pixels>",
    text: "side of the square input of resnet18; other networks have their own",
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
    text: "what it lowers; list names them all, with their options",
    default: "sgm",
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
  { setting: "seed", flags: "-s, --seed <n>", text: "of everything drawn at random", default: "0", parse: seedNumber() },
] as const satisfies readonly CommandOption[];
