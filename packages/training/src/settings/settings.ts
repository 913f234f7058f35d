import { OptionError } from "@semblant/core";
import { invalidOption, numberIn, rules, show, wholeIn } from "@semblant/core/internals";
import { cropExpected, isCrop } from "@semblant/datasets";
import { laterSettings, nameToday } from "./earlier-settings.ts";
import {
  checkLoss,
  checkPerClass,
  completeEarlierLoss,
  fillLoss,
  type LossSettings,
  lossesOfTriplets,
  lossOptions,
  lossRules,
  needsTriplets,
} from "./loss-settings.ts";
import { checkNetwork, completeEarlierNetwork, fillNetwork, networkOptions, networkRules } from "./network-settings.ts";
import { presets } from "./presets.ts";
import { checkDrawn, rulesOfSets } from "./set-settings.ts";
import { refuseUnknownSettings } from "./setting-names.ts";
import type { PartialSettings, Settings } from "./setting-types.ts";
import { type PresetName, presetNames } from "./setting-types.ts";

const { above0, expectedOf, flag, from0, oneOf, orNone, partOf1, share, text, whole, wholeFrom } = rules;
type Rule = rules.Rule;

type Rules<T> = { readonly [K in keyof T]-?: T[K] extends object ? Rules<T[K]> : Rule };

const settingRules: Rules<Settings> = {
  preset: oneOf(...presetNames),
  data: {
    source: text,
    cache: { expected: "true, false or a folder", holds: (x) => typeof x === "boolean" || text.holds(x) },
    followLinks: flag,
    size: wholeFrom(8, 1024),
    channels: oneOf(1, 3),
    crop: { expected: cropExpected, holds: isCrop },
    noFace: oneOf("whole", "out"),
    split: oneOf("source", "undrawn", "subjects", "test"),
    people: oneOf("found", "layout", "none"),
    contempt: flag,
    corrections: orNone(text),
    softLabels: orNone(text),
    ...rulesOfSets,
  },
  network: networkRules,
  loss: lossRules,
  targets: oneOf("labels", "votes", "auto"),
  sampler: oneOf("balanced", "square-root", "triplets", "plain"),
  perClass: whole(1, 65_536),
  batch: whole(1, 65_536),
  augmentation: oneOf("paper", "mild", "wild", "none"),
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

type Leaves = Map<string, unknown>;
const known = flatten(settingRules, (value): value is Rule => "holds" in (value as object)) as Map<string, Rule>;
/** What settings of a run's folder have to hold, whatever its loss and network. */
const required = [...known.keys()].filter((name) => !lossOptions.has(name) && !networkOptions.has(name));

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
 * const settings = resolveSettings({ preset: "paper" }, ["loss.sigma=2", "network.baseChannels=32"]);
 * settings.loss.sigma; // 2
 * settings.optimizer.learningRate; // 0.0001
 */
export function resolveSettings(given: PartialSettings = {}, overrides: readonly string[] = []): Settings {
  const leaves: Leaves = new Map([...flatten(given), ...overrides.map(parseOverride)]);
  refuseUnknownSettings(leaves, [...known.keys()]);
  for (const [name, value] of leaves) check(name, value);

  const preset = presets[(leaves.get("preset") ?? "best") as PresetName];
  const complete: Leaves = new Map([...flatten(preset), ...leaves]);
  fillNetwork(complete, leaves, preset.preset);
  fillLoss(complete, leaves, preset.preset);
  if (!leaves.has("sampler") && needsTriplets(unflatten(complete).loss as LossSettings)) complete.set("sampler", "triplets");
  const settings = unflatten(complete) as unknown as Settings;
  checkTogether(settings);
  return settings;
}

/** Complete settings from elsewhere (a run's folder), checked: none missing but those that came later, none unknown, all in range. */
export function checkSettings(settings: unknown): Settings {
  const leaves: Leaves = new Map([...laterSettings, ...flatten(settings as object)]);
  refuseUnknownSettings(leaves, [...known.keys()]);
  for (const [name, value] of leaves) check(name, value);
  for (const name of required) check(name, leaves.get(name));
  completeEarlierNetwork(leaves);
  completeEarlierLoss(leaves);
  const complete = unflatten(leaves) as unknown as Settings;
  checkTogether(complete);
  return complete;
}

/**
 * What each setting may be, in words, by its dotted name, in the order of the sections.
 *
 * @example
 * settingRanges().get("schedule.warmup"); // "a number from 0 to 1"
 */
export function settingRanges(): ReadonlyMap<string, string> {
  return new Map([...known].map(([name, { expected, range }]) => [name, range?.expected ?? expected]));
}

/** What each setting allows by itself but another forbids. */
function checkTogether({ data, loss, network, sampler, perClass }: Settings): void {
  checkNetwork(network, loss.name);
  checkLoss(loss);
  checkDrawn(data);
  if (sampler === "balanced") checkPerClass(loss, perClass);
  const drawn = needsTriplets(loss);
  if (drawn && sampler !== "triplets") throw invalidOption("settings", "sampler", `triplets for ${lossesOfTriplets()}`, sampler);
  if (!drawn && sampler === "triplets") {
    const advice = `\n  Only ${lossesOfTriplets({ named: true })} takes batches of triplets.`;
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
  const [name, value] = [nameToday(override.slice(0, at).trim()), override.slice(at + 1).trim()];
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
    if (isLeaf(value) || above.includes(value) || value === section) leaves.set(nameToday(prefix + name), value);
    else for (const [inner, leaf] of flatten(value, isLeaf, `${prefix}${name}.`, [...above, section])) leaves.set(inner, leaf);
  }
  return leaves;
}

function unflatten(leaves: Leaves): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const name of known.keys()) {
    if (!leaves.has(name)) continue; // an option of another loss or network
    const [section, inner] = name.split(".") as [string, string?];
    if (inner === undefined) settings[section] = leaves.get(name);
    else settings[section] = { ...(settings[section] as object | undefined), [inner]: leaves.get(name) };
  }
  return settings;
}
