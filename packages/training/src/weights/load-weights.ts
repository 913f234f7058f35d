import { closeSync, openSync, readSync } from "node:fs";
import { basename } from "node:path";
import { DataError } from "@semblant/core";
import { BatchNorm2d, noGrad, readSafetensors, type Tensor, tidy } from "@semblant/torch";
import type { EmbeddingNetwork } from "../networks/embedding-network.ts";
import { readOnnxWeights } from "./read-onnx-weights.ts";

/** What a file of weights gave a network, and what it did not. */
export interface LoadedWeights {
  readonly path: string;
  /** Tensors that now have the file's values, by name (of an ONNX file, those that batch norm was worked into included). */
  readonly loaded: readonly string[];
  /** The first layer's filters, where the file's are for images of other channels; among `loaded` too. */
  readonly adapted: string | null;
  /** Tensors that kept the values they had, and why. */
  readonly kept: readonly { readonly name: string; readonly reason: string }[];
  /** Names in the file that the network does not have. */
  readonly unused: readonly string[];
}

/**
 * Starts a network from the weights of another, such as torchvision's `resnet18` or `alexnet` trained on ImageNet: every tensor of a
 * safetensors file that has the name and the shape of one of the network's is copied in, whatever its type; the rest is
 * said and stays as it was. A classifier's last layer (`fc`, `classifier.6`) is thereby left out where it has another number of outputs.
 *
 * Filters for color start a grey first layer as their sum over the channels, which answers a grey image as they do the same image in
 * three equal channels; filters for grey start a first layer for color as a third each, for the same reason.
 *
 * Networks without batch norm take the convolutions alone, as the authors' do; activations are then larger than the weights were
 * made for.
 *
 * An ONNX file of `semblant export` is a start as well, such as the models that ship. It has batch norm worked into other layers; the
 * network's own takes its statistics from `images` and answers as the file does.
 *
 * @param path a safetensors file under PyTorch's names (a state dictionary, or the `best.safetensors` of a run), or an ONNX file
 * @param options `images` makes (batch, channels, size, size), as the network takes them: some hundreds of those to learn from
 * @throws DataError if the file is neither, none of its filters fits the network, or a value is not finite; nothing has been copied then
 *
 * @example
 * loadWeights(resnet18({ channels: 3 }), "weights/none.safetensors"); // throws DataError: safetensors none.safetensors: cannot be opened
 */
export function loadWeights(network: EmbeddingNetwork, path: string, { images }: { readonly images?: () => Tensor } = {}): LoadedWeights {
  refusePickle(path);
  const exported = path.endsWith(".onnx");
  const tensors = exported ? readOnnxWeights(path, network) : readSafetensors(path).tensors;
  try {
    const loaded = noGrad(() => tidy(() => take(network, tensors, path)));
    if (exported && images !== undefined) adoptStatistics(network, images);
    return loaded;
  } finally {
    for (const tensor of tensors.values()) tensor.dispose();
  }
}

/** Each batch norm's mean and variance are those of what reaches it of the images; what the network makes of images in use stays. */
function adoptStatistics(network: EmbeddingNetwork, images: () => Tensor): void {
  const wasTraining = network.training;
  for (const module of network.eval().modules()) if (module instanceof BatchNorm2d) module.adoptStatistics();
  noGrad(() => tidy(() => network.forward(images())));
  if (wasTraining) network.train();
}

/**
 * What was loaded, in a sentence for a person.
 *
 * @example
 * const kept = [{ name: "fc.bias", reason: "" }];
 * describeStart({ path: "in/resnet18.safetensors", loaded: ["conv1.weight"], adapted: null, kept, unused: [] });
 * // "1 of 2 tensors start from resnet18.safetensors; fresh: fc.bias."
 */
export function describeStart({ path, loaded, adapted, kept, unused }: LoadedWeights): string {
  const fresh = kept.length === 0 ? "" : `; fresh: ${listed(kept.map(({ name }) => name))}`;
  const first = adapted === null ? "" : `; ${adapted}`;
  const more = unused.length === 0 ? "" : `; not used: ${listed(unused)}`;
  return `${loaded.length} of ${loaded.length + kept.length} tensors start from ${basename(path)}${first}${fresh}${more}.`;
}

function take(network: EmbeddingNetwork, given: ReadonlyMap<string, Tensor>, path: string): LoadedWeights {
  const own = network.stateDict();
  const first = [...own].find(([, { shape }]) => shape.length === 4)?.[0];
  const fitting = new Map<string, Tensor>();
  const kept: LoadedWeights["kept"][number][] = [];
  let adapted: string | null = null;
  for (const [name, values] of own) {
    const offered = given.get(name);
    const fitted = offered && (sameShape(offered, values) ? offered : name === first ? inChannels(offered, values) : undefined);
    if (fitted !== undefined) fitting.set(name, fitted);
    else if (offered !== undefined) kept.push({ name, reason: `${shape(values)} here, ${shape(offered)} in the file` });
    else if (!name.endsWith("num_batches_tracked")) kept.push({ name, reason: "not in the file" });
    if (fitted !== undefined && fitted !== offered) {
      adapted = `${name} of ${offered?.shape[1]} channels ${values.shape[1] === 1 ? "summed into one" : "spread over three"}`;
    }
  }
  refuseMisfit(path, network, { own, given, fitting });
  for (const [name, values] of fitting) {
    if (values.isFinite().all().item() === 0)
      throw new DataError(`weights ${basename(path)}: expected finite numbers, but ${name} has others.`);
  }
  for (const [name, values] of fitting) own.get(name)?.copyInPlace(values);
  return { path, loaded: [...fitting.keys()], adapted, kept, unused: [...given.keys()].filter((name) => !own.has(name)) };
}

/** Filters (filters, channels, height, width) for images of another number of channels, or undefined where that is not all that differs. */
function inChannels(filters: Tensor, like: Tensor): Tensor | undefined {
  const [wanted, given] = [like.shape[1], filters.shape[1]];
  if (filters.shape.length !== 4 || like.shape.some((n, dim) => dim !== 1 && n !== filters.shape[dim])) return undefined;
  if (wanted === 1 && given === 3) return filters.to("float32").sum(1, true);
  if (wanted === 3 && given === 1) return filters.to("float32").expand(like.shape).div(3);
  return undefined;
}

/** @throws DataError unless a filter or a matrix fits: scales, shifts and counters have the shapes of any network's */
function refuseMisfit(
  path: string,
  { name }: EmbeddingNetwork,
  { own, given, fitting }: Readonly<Record<"own" | "given" | "fitting", ReadonlyMap<string, Tensor>>>,
): void {
  if ([...fitting.values()].some((values) => values.shape.length > 1)) return;
  const sample = (tensors: ReadonlyMap<string, Tensor>) => {
    const [found] = [...tensors].filter(([, values]) => values.shape.length > 1);
    return found === undefined ? "none" : `${found[0]} ${shape(found[1])}`;
  };
  throw new DataError(
    `weights ${basename(path)}: expected weights of ${name}, but none of its ${given.size} tensors fits by name and shape.\n` +
      `  The network's first is ${sample(own)}, the file's ${sample(given)}.`,
  );
}

/** torch.save writes zip archives of pickles, which begin with PK. */
function refusePickle(path: string): void {
  const start = Buffer.alloc(2);
  try {
    const file = openSync(path, "r");
    readSync(file, start);
    closeSync(file);
  } catch {
    return; // said by whoever reads it next
  }
  if (start.toString("latin1") !== "PK") return;
  throw new DataError(
    `weights ${basename(path)}: expected a safetensors file, but got an archive as torch.save writes it.\n` +
      "  Turn it into one with Python: safetensors.torch.save_file(torch.load(old), new).",
  );
}

const sameShape = (a: Tensor, b: Tensor): boolean => a.shape.join() === b.shape.join();
const shape = (values: Tensor): string => `(${values.shape.join(", ")})`;
const listed = (names: readonly string[]): string =>
  names.slice(0, 4).join(", ") + (names.length > 4 ? ` and ${names.length - 4} more` : "");
