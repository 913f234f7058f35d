import { invalidOption } from "@semblant/core";
import { architectures, type Head, type NetworkName, type Pooling, poolings, type Stem, stems } from "./architectures.ts";
import { tooSmall } from "./options.ts";

/** What a run's settings say of its network; {@link createNetwork} knows the rest. */
export interface NetworkSettings {
  readonly name: NetworkName;
  /** An embedding, or a logit for each class: the paper's CNN, which goes with the loss cross-entropy. */
  readonly head: Head;
  /** Columns of the embedding; a network with the head `classes` has one for each class of the data instead. */
  readonly dimensions: number;
  /** Channels of the first layer; the paper's networks have 64. */
  readonly width: number;
  /** ResNet18's first layer; null for the others, which have one each. */
  readonly stem: Stem | null;
  /** Side of the square input, in pixels. */
  readonly size: number;
  readonly channels: 1 | 3;
  /** False for CVGG13 and AlexNet, which have none. */
  readonly batchNorm: boolean;
  /** FMPNet's pooling in use; null for the others. */
  readonly pooling: Pooling | null;
  /** A safetensors file to start from, such as ImageNet's; null starts from random weights. */
  readonly weights: string | null;
}

/** Above it AlexNet and CVGG13 leave a trial on generated faces for one point: at 1e-3 within 60 steps, at 3e-4 not. */
const RATE_WITHOUT_NORM = 3e-4;

/**
 * Fills in what follows from the network's name, the loss and the head, wherever it is not given: the network's own size of images,
 * batch norm where it has any, the head that goes with the loss, a rate that a network without batch norm survives.
 *
 * @param complete every setting by its dotted name, the preset's where none is given
 * @param given what is given
 * @param ofPreset the preset's network, whose settings the preset decides
 */
export function fillNetwork(complete: Map<string, unknown>, given: ReadonlyMap<string, unknown>, ofPreset: NetworkName): void {
  const fill = (name: string, value: unknown) => {
    if (!given.has(name)) complete.set(name, value);
  };
  if (given.get("network.head") === "classes") fill("loss.name", "cross-entropy");
  if (complete.get("loss.name") === "cross-entropy") fill("network.head", "classes");
  const name = complete.get("network.name") as NetworkName;
  if (name !== ofPreset) {
    const { size, own } = architectures[name];
    const has = (option: string) => (own as readonly string[]).includes(option);
    fill("network.size", size);
    fill("network.batchNorm", has("batchNorm"));
    fill("network.stem", has("stem") ? stems[0] : null);
    fill("network.pooling", has("pooling") ? poolings[0] : null);
  }
  const rate = complete.get("optimizer.learningRate") as number;
  if (complete.get("network.batchNorm") === false) fill("optimizer.learningRate", Math.min(rate, RATE_WITHOUT_NORM));
}

/**
 * Refuses what a network cannot be.
 *
 * @throws OptionError for images too small, an option that this network does not have, and a head that does not go with the loss
 */
export function checkNetwork({ name, head, stem, size, batchNorm, pooling }: NetworkSettings, loss: string): void {
  const { title, smallest, own } = architectures[name];
  const refuse = (setting: string, expected: string, got: unknown) => {
    throw invalidOption("settings", setting, expected, got);
  };
  const has = (option: string) => (own as readonly string[]).includes(option);
  if (size < smallest) throw tooSmall(name, "network.size", size, "settings");
  if (batchNorm && !has("batchNorm")) refuse("network.batchNorm", `false for ${title}, which has none`, batchNorm);
  for (const [option, value, values] of [
    ["stem", stem, stems],
    ["pooling", pooling, poolings],
  ] as const) {
    if (has(option) && value === null) refuse(`network.${option}`, `one of ${values.join(", ")} for ${title}`, value);
    if (!has(option) && value !== null) refuse(`network.${option}`, `none for ${title}, which has no choice of it`, value);
  }
  if (pooling === "max" && size % 8 !== 0) refuse("network.size", "a multiple of 8 with network.pooling=max", size);
  if (loss === "cross-entropy" && head !== "classes") refuse("network.head", "classes for the loss cross-entropy", head);
  if (loss !== "cross-entropy" && head === "classes") refuse("loss.name", "cross-entropy for a network with the head classes", loss);
}
