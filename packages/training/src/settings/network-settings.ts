import { invalidOption, rules } from "@semblant/core/internals";
import { lossDeclarations, lossNamed } from "../catalog/losses.ts";
import { networkDeclarations, networkNamed, networkNames } from "../catalog/networks.ts";
import { defaultsOf, type OptionValue } from "../declarations/option.ts";
import { type Head, heads } from "../networks/embedding-network.ts";
import type { NetworkDeclaration } from "../networks/network-declaration.ts";
import { type Normalization, normalizations } from "../networks/normalization.ts";
import { tooSmall } from "../networks/options.ts";
import { checkOwn, optionNames, rulesOfAll } from "./declared-options.ts";

/** What a run's settings say of its network: its name, what all networks share, and the options that this network declares. */
export interface NetworkSettings {
  /** One of {@link networkNames}. */
  readonly name: string;
  /** An embedding, or a logit for each class: the paper's CNN, which goes with the loss cross-entropy. */
  readonly head: Head;
  /** Columns of the embedding; a network with the head `classes` has one for each class of the data instead. */
  readonly dimensions: number;
  /** Channels of the first layer; the paper's networks have 64. */
  readonly baseChannels: number;
  /** Side of the square input, in pixels. */
  readonly size: number;
  /** Channels of the input: 1 is grey, 3 is colour. */
  readonly channels: 1 | 3;
  /** Mean and deviation that pixels are brought to: the authors' (CIFAR-10's for colour), or ImageNet's, which go with its weights. */
  readonly normalization: Normalization;
  /** A safetensors file to start from, such as ImageNet's; null starts from random weights. */
  readonly weights: string | null;
  /** An option of this network. */
  readonly [option: string]: OptionValue;
}

const { oneOf, orNone, text, whole } = rules;
type Rule = rules.Rule;

/** What an option is where a network does not have it: false, or none. */
const absent = ({ holds }: Rule): false | null => (holds(false) ? false : null);

export const networkRules = {
  name: oneOf(...networkNames),
  head: oneOf(...heads),
  dimensions: whole(1, 4096),
  baseChannels: whole(1, 1024),
  size: whole(8, 1024),
  channels: oneOf(1, 3),
  ...rulesOfAll(networkDeclarations, (rule) => (absent(rule) === null ? orNone(rule) : rule)),
  normalization: oneOf(...normalizations),
  weights: orNone(text),
};

/** The dotted names of the options that only some networks have. */
export const networkOptions: ReadonlySet<string> = new Set(optionNames(networkDeclarations).map((name) => `network.${name}`));

/** A network as a preset has it. */
export function presetNetwork(name: string, preset: string): NetworkSettings {
  const { size, options } = networkNamed(name);
  const own = defaultsOf(options, preset);
  return {
    name,
    head: "embedding",
    dimensions: 64,
    baseChannels: 64,
    size,
    channels: 1,
    ...own,
    normalization: "published",
    weights: null,
  };
}

/**
 * Fills in what follows from the network's name, the loss and the head, wherever it is not given: the network's own size of images
 * and options, the head that goes with the loss, a rate that the network survives. Options of other networks go.
 *
 * @param complete every setting by its dotted name, the preset's where none is given
 * @param given what is given
 * @throws OptionError for an option that this network does not have
 */
export function fillNetwork(complete: Map<string, unknown>, given: ReadonlyMap<string, unknown>, preset: string): void {
  const fill = (name: string, value: unknown) => {
    if (!given.has(name)) complete.set(name, value);
  };
  if (given.get("network.head") === "classes") fill("loss.name", lossesOfClasses()[0]);
  if (lossNamed(complete.get("loss.name") as string, "settings").head === "classes") fill("network.head", "classes");
  const declaration = networkNamed(complete.get("network.name") as string, "settings");
  leaveOthersOut(declaration, complete, given);
  fill("network.size", declaration.size);
  const own = defaultsOf(declaration.options, preset);
  for (const [name, value] of Object.entries(own)) fill(`network.${name}`, value);
  const settings = Object.fromEntries(Object.keys(own).map((name) => [name, complete.get(`network.${name}`) as OptionValue]));
  const rate = complete.get("optimizer.learningRate") as number;
  fill("optimizer.learningRate", Math.min(rate, declaration.highestRate?.(settings) ?? rate));
}

/** The same for settings of a run's folder, where nothing of the network's own may be missing. */
export function completeEarlierNetwork(leaves: Map<string, unknown>): void {
  const declaration = networkNamed(leaves.get("network.name") as string, "settings");
  leaveOthersOut(declaration, leaves, leaves);
  for (const [name, { before }] of Object.entries(declaration.options)) {
    if (!leaves.has(`network.${name}`) && before !== undefined) leaves.set(`network.${name}`, before);
  }
}

/** Takes the options of other networks out, and refuses those that are asked for. */
function leaveOthersOut({ title, options }: NetworkDeclaration, leaves: Map<string, unknown>, given: ReadonlyMap<string, unknown>): void {
  const theirs = rulesOfAll(networkDeclarations);
  for (const option of optionNames(networkDeclarations)) {
    if (Object.hasOwn(options, option)) continue;
    const none = absent(theirs[option] as Rule);
    const asked = given.get(`network.${option}`) ?? none;
    const expected = none === false ? `false for ${title}, which has none` : `none for ${title}, which has no choice of it`;
    if (asked !== none) throw invalidOption("settings", `network.${option}`, expected, asked);
    leaves.delete(`network.${option}`);
  }
}

const lossesOfClasses = () => [...lossDeclarations.values()].flatMap(({ name, head }) => (head === "classes" ? name : []));

/**
 * Refuses what a network cannot be.
 *
 * @throws OptionError for images too small, an option out of this network's range, and a head that does not go with the loss
 */
export function checkNetwork(network: NetworkSettings, loss: string): void {
  const declaration = networkNamed(network.name, "settings");
  if (network.size < declaration.smallest) throw tooSmall(declaration, "network.size", network.size, "settings");
  checkOwn("network", declaration, network, (expected) => `${expected} for ${declaration.title}`);
  const refusal = declaration.check?.(network);
  if (refusal) throw invalidOption("settings", `network.${refusal.option}`, refusal.expected, network[refusal.option]);
  const ofClasses = lossNamed(loss, "settings").head === "classes";
  if (ofClasses && network.head !== "classes")
    throw invalidOption("settings", "network.head", `classes for the loss ${loss}`, network.head);
  if (!ofClasses && network.head === "classes") {
    throw invalidOption("settings", "loss.name", `${lossesOfClasses().join(" or ")} for a network with the head classes`, loss);
  }
}
