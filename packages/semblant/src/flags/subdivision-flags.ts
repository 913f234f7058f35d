import type { CommandOption } from "../terminal/declaration.ts";
import { numberAbove, oneOf, wholeNumber } from "../terminal/parse.ts";
import { trainingFlags } from "./training-flags.ts";

/** The flags of subdivide that stand for settings of the subdivision. */
export const subdivisionFlags = [
  {
    setting: "subdivision.levels",
    flags: "-l, --levels <n>",
    text: "level 1 trains on the classes themselves",
    default: "5",
    parse: wholeNumber("levels", 1),
  },
  {
    setting: "subdivision.subclasses",
    flags: "--subclasses <n>",
    text: "sub-classes per class, at most",
    default: "5",
    parse: wholeNumber("subclasses", 1),
  },
  {
    setting: "subdivision.growth",
    flags: "--growth <how>",
    text: "gradual: one more per level; at-once: the most from level 2 on, which finds sub-classes that a long level 1 trains away",
    default: "gradual",
    parse: oneOf("growth", ["gradual", "at-once"]),
  },
  { setting: "subdivision.by", flags: "--by <how>", text: "em or k-means", default: "em", parse: oneOf("by", ["em", "k-means"]) },
  {
    setting: "subdivision.covariance",
    flags: "--covariance <form>",
    text: "of em: full, tied, diagonal or spherical",
    default: "diagonal",
    parse: oneOf("covariance", ["full", "tied", "diagonal", "spherical"]),
  },
  {
    setting: "subdivision.regularization",
    flags: "--regularization <x>",
    text: "added to variances, as a share of the class's",
    default: "0.01",
    parse: numberAbove("regularization"),
  },
  {
    setting: "subdivision.choose",
    flags: "--choose <how>",
    text: "how many of them: all, or what bic or held-out likelihood says",
    default: "all",
    parse: oneOf("choose", ["all", "bic", "held-out"]),
  },
  { setting: "subdivision.nested", flags: "--nested", text: "split the last level's sub-classes further, so that each keeps its name" },
  {
    setting: "subdivision.perSubclass",
    flags: "--per-subclass <n>",
    text: "faces of each sub-class in a batch",
    default: "16",
    parse: wholeNumber("per-subclass", 1),
  },
  {
    setting: "subdivision.firstEpochs",
    flags: "--first-epochs <n>",
    text: "of level 1",
    default: "as many as the others",
    parse: wholeNumber("first-epochs", 1),
  },
] as const satisfies readonly CommandOption[];

/** What subdivide takes of {@link trainingFlags}, in other words where they mean something else there. */
const ofTraining: Readonly<Record<string, string | undefined>> = {
  "data.source": undefined,
  "data.labels": undefined,
  preset: undefined,
  "network.name": undefined,
  "network.baseChannels": undefined,
  "loss.sigma": "width of the Gaussians",
  epochs: "of each level",
  perClass: "faces of each class in a batch of level 1",
  "optimizer.learningRate": "the highest of each level's schedule",
  precision: undefined,
  device: undefined,
  seed: undefined,
};

/** The flags of subdivide that stand for settings of its trainings. */
export const levelFlags: readonly CommandOption[] = trainingFlags
  .filter(({ setting }) => setting in ofTraining)
  .map((flag) => ({ ...flag, text: ofTraining[flag.setting] ?? flag.text }));
