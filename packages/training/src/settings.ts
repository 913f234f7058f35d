import { invalidOption, numberIn, OptionError, show, wholeIn } from "@semblant/core";
import { type Crop, cropExpected, isCrop } from "./datasets/crop.ts";
import type { People } from "./datasets/people.ts";
import { checkLoss, type LossSettings, lossNames, settingsMinings } from "./losses/loss-settings.ts";
import { heads, networkNames, poolings, stems } from "./networks/architectures.ts";
import { checkNetwork, fillNetwork, type NetworkSettings } from "./networks/network-settings.ts";
import { type PresetName, presetNames, presets } from "./presets.ts";
import { laterSettings } from "./runs/earlier-settings.ts";
import { refuseUnknownSettings } from "./setting-names.ts";
import { above0, expectedOf, flag, from0, oneOf, orNone, partOf1, type Rule, share, text, whole, wholeFrom } from "./setting-rules.ts";

/** Everything that decides a training run, as plain JSON. A run's folder keeps it with nothing left to default. */
export interface Settings {
  /** What the rest was filled in from. */
  readonly preset: PresetName;
  readonly data: DataSettings;
  readonly network: NetworkSettings;
  readonly loss: LossSettings;
  /** The known posterior: one-hot `labels`, or the raters' `votes`; `auto` is votes where the training images have them. */
  readonly targets: "labels" | "votes" | "auto";
  /** How batches are drawn; triplets drawn at random need `triplets`. */
  readonly sampler: "balanced" | "square-root" | "triplets" | "plain";
  /** Images of each class in a balanced batch, on average in one by square roots. */
  readonly perClass: number;
  /** Images in a plain batch, triplets in a batch of triplets. */
  readonly batch: number;
  readonly augmentation: "paper" | "mild" | "none";
  readonly optimizer: OptimizerSettings;
  readonly schedule: ScheduleSettings;
  readonly epochs: number;
  /** The run's length in steps, in place of `epochs`; null where epochs say it. */
  readonly steps: number | null;
  /** Longest gradient, in the 2-norm over all weights; null leaves gradients alone. */
  readonly clip: number | null;
  /** Decay of the running average of the weights that is validated and kept as best; null keeps the weights themselves. */
  readonly ema: number | null;
  /** `auto` is bfloat16 where the device computes it fast, float32 elsewhere. */
  readonly precision: "auto" | "bfloat16" | "float32";
  /** `auto` is cuda where there is one. */
  readonly device: string;
  readonly validation: ValidationSettings;
  /** Validations without a better value after which training ends; null for never. */
  readonly patience: number | null;
  readonly checkpoint: CheckpointSettings;
  readonly seed: number;
}

export interface DataSettings {
  /** `generated`, or the path of a folder or file in any layout that {@link readDataset} knows. */
  readonly source: string;
  readonly labels: "majority" | "probability" | "crossentropy" | "multi_target" | "votes";
  /** FER+: the table with the votes, where both are there. */
  readonly votes: "label.csv" | "fer2013new.csv" | null;
  /** Where decoded pixels are kept: a folder, true for beside the data, false for nowhere. */
  readonly cache: boolean | string;
  /** Whether links that lead out of the data's folder are followed. */
  readonly followLinks: boolean;
  /** Side of the square, in pixels, and channels in which images are kept; FER+ and FER2013 are 48 and grey. The network scales what it is given. */
  readonly size: number;
  readonly channels: 1 | 3;
  /**
   * The part of each picture that is taken: `auto` (the face wherever the source does not come as faces: its boxes, or the face that is
   * found), `detect` (the face that is found), `source` (its boxes, else all), `whole`, or left,top,width,height as shares.
   */
  readonly crop: Crop;
  /** A picture in which no face is found, where faces are looked for: taken `whole`, or left `out`. */
  readonly noFace: "whole" | "out";
  /** `source`: its own splits, or drawn ones; `undrawn`: its own, or all is test; `subjects`: drawn person by person; `test`: all is test. */
  readonly split: "source" | "undrawn" | "subjects" | "test";
  /** Where who is in a picture is looked for: `found` wherever it stands, `layout` of the set alone, `none` nowhere. */
  readonly people: People;
  /** Whether faces labelled contempt are kept. */
  readonly contempt: boolean;
  /** CK+: first frames taken as neutral, one a person or one a sequence. */
  readonly neutral: "none" | "subject" | "sequence";
  /** KDEF: pictures from the front, or all five views. */
  readonly views: "frontal" | "all";
  /** BU-3DFE: the least intensity of an expression. */
  readonly intensity: 1 | 2 | 3 | 4;
  /** CelebA: the attribute that is the label; null for none. */
  readonly attribute: string | null;
  /** A table of corrected labels (path,label), as `semblant audit --csv` writes it; null for none. */
  readonly corrections: string | null;
  /** A table of distributions to teach training images by (path and a column a class), as `semblant soft-labels` writes it; null for none. */
  readonly softLabels: string | null;
  /** Generated faces: how many in all splits together, and how hard (1 is the default mixture). */
  readonly count: number;
  readonly difficulty: number;
}

export interface OptimizerSettings {
  readonly name: "adam" | "adamw" | "sgd";
  /** The highest rate of the schedule. */
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly amsgrad: boolean;
  /** SGD only. */
  readonly momentum: number;
}

export interface ScheduleSettings {
  readonly name: "constant" | "one-cycle" | "cosine";
  /** Share of all steps in which the rate rises to its highest, 0 to 1; `constant` takes none. */
  readonly warmup: number;
}

export interface ValidationSettings {
  /** `neighbors`: 11-NN accuracy against a part of the training set; `nearest-mean`: against its class means. */
  readonly metric: "neighbors" | "nearest-mean";
  /** Training images embedded for it, drawn once, by the natural frequency of the classes. */
  readonly gallery: number;
  /** Epochs from one validation to the next. */
  readonly every: number;
}

export interface CheckpointSettings {
  /** Least time between two checkpoints; they also never cost more than 2 % of the run. */
  readonly seconds: number;
}

/** Settings with anything left out. */
export type PartialSettings = {
  readonly [K in keyof Settings]?: Settings[K] extends object ? Partial<Settings[K]> : Settings[K];
};

type Rules<T> = { readonly [K in keyof T]-?: T[K] extends object ? Rules<T[K]> : Rule };

const rules: Rules<Settings> = {
  preset: oneOf(...presetNames),
  data: {
    source: text,
    labels: oneOf("majority", "probability", "crossentropy", "multi_target", "votes"),
    votes: orNone(oneOf("label.csv", "fer2013new.csv")),
    cache: { expected: "true, false or a folder", holds: (x) => typeof x === "boolean" || text.holds(x) },
    followLinks: flag,
    size: wholeFrom(8, 1024),
    channels: oneOf(1, 3),
    crop: { expected: cropExpected, holds: isCrop },
    noFace: oneOf("whole", "out"),
    split: oneOf("source", "undrawn", "subjects", "test"),
    people: oneOf("found", "layout", "none"),
    contempt: flag,
    neutral: oneOf("none", "subject", "sequence"),
    views: oneOf("frontal", "all"),
    intensity: oneOf(1, 2, 3, 4),
    attribute: orNone(text),
    corrections: orNone(text),
    softLabels: orNone(text),
    count: whole(8, 10_000_000),
    difficulty: from0(100),
  },
  network: {
    name: oneOf(...networkNames),
    head: oneOf(...heads),
    dimensions: whole(1, 4096),
    width: whole(1, 1024),
    stem: orNone(oneOf(...stems)),
    size: whole(8, 1024),
    channels: oneOf(1, 3),
    batchNorm: flag,
    pooling: orNone(oneOf(...poolings)),
    weights: orNone(text),
  },
  loss: {
    name: oneOf(...lossNames),
    sigma: above0(1e-6, 1e6),
    means: oneOf("votes", "labels"),
    leaveOneOut: flag,
    margin: orNone(above0(1e-6, 1e6)),
    positiveMargin: from0(1e6),
    mining: oneOf(...settingsMinings),
    regularizer: orNone(from0(1e6)),
    normalize: orNone(flag),
    temperature: above0(1e-6, 1e6),
    scale: orNone(above0(1e-6, 1e6)),
    memory: orNone(whole(1, 10_000_000)),
  },
  targets: oneOf("labels", "votes", "auto"),
  sampler: oneOf("balanced", "square-root", "triplets", "plain"),
  perClass: whole(1, 65_536),
  batch: whole(1, 65_536),
  augmentation: oneOf("paper", "mild", "none"),
  optimizer: {
    name: oneOf("adam", "adamw", "sgd"),
    learningRate: above0(1e-12, 1e12),
    weightDecay: from0(1e12),
    amsgrad: flag,
    momentum: share,
  },
  schedule: { name: oneOf("constant", "one-cycle", "cosine"), warmup: share },
  epochs: whole(1, 1_000_000),
  steps: orNone(whole(1, 1_000_000_000)),
  clip: orNone(above0(1e-12, 1e12)),
  ema: orNone(partOf1),
  precision: oneOf("auto", "bfloat16", "float32"),
  device: {
    expected: "auto, cpu, cuda or cuda:<number>",
    holds: (x) => typeof x === "string" && /^(auto|cpu|cuda(:(0|[1-9]\d?))?)$/.test(x),
  },
  validation: { metric: oneOf("neighbors", "nearest-mean"), gallery: whole(1, 10_000_000), every: whole(1, 1_000_000) },
  patience: orNone(whole(1, 1_000_000)),
  checkpoint: { seconds: from0(1e9) },
  seed: wholeFrom(0, 0xffffffff),
};

/** 32 GiB of them: more faces are not generated, since all are kept in memory. */
const mostPixels = 2 ** 35;

type Leaves = Map<string, unknown>;
const known = flatten(rules, (value): value is Rule => "holds" in (value as object)) as Map<string, Rule>;

/**
 * Settings with everything decided: what is given, the overrides after it, the preset for the rest.
 *
 * An override is `name=value` with dots between sections; `none` switches a setting off. A triplet loss that draws its
 * triplets at random gets the sampler that draws them, any other the balanced one, unless a sampler is named. A network that is
 * not the preset's has the size of images its authors gave it, and the loss cross-entropy the head `classes`, unless they are named.
 *
 * @throws OptionError for a name that is not a setting (with the nearest that is) and for a value out of its range
 *
 * @example
 * const settings = resolveSettings({ preset: "paper" }, ["loss.sigma=2", "network.width=32"]);
 * settings.loss.sigma; // 2
 * settings.optimizer.learningRate; // 0.0001
 */
export function resolveSettings(given: PartialSettings = {}, overrides: readonly string[] = []): Settings {
  const leaves: Leaves = new Map([...flatten(given), ...overrides.map(parseOverride)]);
  refuseUnknownSettings(leaves, [...known.keys()]);
  for (const [name, value] of leaves) check(name, value);

  const preset = presets[(leaves.get("preset") ?? "best") as PresetName];
  const complete: Leaves = new Map([...flatten(preset), ...leaves]);
  if (!leaves.has("sampler") && complete.get("loss.name") === "triplet" && complete.get("loss.mining") === "random") {
    complete.set("sampler", "triplets");
  }
  fillNetwork(complete, leaves, preset.network.name);
  const settings = unflatten(complete) as unknown as Settings;
  checkTogether(settings);
  return settings;
}

/** Complete settings from elsewhere (a run's folder), checked: none missing but those that came later, none unknown, all in range. */
export function checkSettings(settings: unknown): Settings {
  const leaves: Leaves = new Map([...laterSettings, ...flatten(settings as object)]);
  refuseUnknownSettings(leaves, [...known.keys()]);
  for (const name of known.keys()) check(name, leaves.get(name));
  const complete = unflatten(leaves) as unknown as Settings;
  checkTogether(complete);
  return complete;
}

/** What each setting allows by itself but another forbids. */
function checkTogether({ data, loss, network, sampler, perClass }: Settings): void {
  checkNetwork(network, loss.name);
  checkLoss(loss);
  const most = Math.floor(mostPixels / (data.size * data.size * data.channels));
  if (data.source === "generated" && data.count > most) {
    throw invalidOption("settings", "data.count", `a whole number from 8 to ${most} for images of data.size=${data.size}`, data.count);
  }
  if (loss.name === "sgm" && loss.leaveOneOut && sampler === "balanced" && perClass < 2) {
    throw invalidOption("settings", "perClass", "2 or more for means that leave an image out (loss.leaveOneOut)", perClass);
  }
  const drawn = loss.name === "triplet" && loss.mining === "random";
  if (drawn && sampler !== "triplets")
    throw invalidOption("settings", "sampler", "triplets for a triplet loss with random mining", sampler);
  if (!drawn && sampler === "triplets") {
    const advice = "\n  Only a triplet loss with loss.mining=random takes batches of triplets.";
    throw new OptionError(`${invalidOption("settings", "sampler", "balanced, square-root or plain", sampler).message}${advice}`);
  }
}

function check(name: string, value: unknown): void {
  const rule = known.get(name) as Rule;
  const expected = expectedOf(rule, value);
  if (expected !== undefined) throw invalidOption("settings", name, expected, value);
}

/** `loss.sigma=2` as the pair `["loss.sigma", 2]`. */
function parseOverride(override: string): [string, unknown] {
  const at = override.indexOf("=");
  if (at < 1) throw new OptionError(`settings: expected an override like loss.sigma=2, but got ${show(override)}.`);
  const [name, value] = [override.slice(0, at).trim(), override.slice(at + 1).trim()];
  const rule = known.get(name);
  if ((value === "none" || value === "null") && rule?.holds(null)) return [name, null];
  if ((value === "true" || value === "false") && rule?.holds(true)) return [name, value === "true"];
  if (rule?.holds(value)) return [name, value];
  return [name, (rule?.whole ? wholeIn(value) : numberIn(value)) ?? value];
}

/** Every leaf under its dotted name. A section given as something else (a list, what holds itself) stays a leaf and is refused by name. */
function flatten(
  section: object,
  isLeaf = (value: unknown): boolean => typeof value !== "object" || value === null || Array.isArray(value),
  prefix = "",
  above: readonly object[] = [],
): Leaves {
  const leaves: Leaves = new Map();
  for (const [name, value] of Object.entries(section)) {
    if (value === undefined) continue;
    if (isLeaf(value) || above.includes(value) || value === section) leaves.set(prefix + name, value);
    else for (const [inner, leaf] of flatten(value, isLeaf, `${prefix}${name}.`, [...above, section])) leaves.set(inner, leaf);
  }
  return leaves;
}

function unflatten(leaves: Leaves): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const name of known.keys()) {
    const [section, inner] = name.split(".") as [string, string?];
    if (inner === undefined) settings[section] = leaves.get(name);
    else settings[section] = { ...(settings[section] as object | undefined), [inner]: leaves.get(name) };
  }
  return settings;
}
