import { basename } from "node:path";
import { DataError } from "@semblant/core";
import { BatchNorm2d, noGrad, readSafetensors, type Tensor, tidy } from "@semblant/torch";
import type { EmbeddingNetwork } from "../networks/embedding-network.ts";
import { readOnnxWeights } from "./read-onnx-weights.ts";
import { listed, refuseMisfit, refusePart, refusePickle, shapeText } from "./refusals.ts";

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

interface LoadOptions {
  readonly images?: () => Tensor;
  readonly whole?: boolean;
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
 * @param options `images` makes (batch, channels, size, size), as the network takes them: some hundreds of those to learn from.
 *   `whole` refuses a file that lacks layers but the last, and one with convolutions that the network has not, as settings do
 * @throws DataError if the file is neither, none of its filters fits the network, or a value is not finite; nothing has been copied then
 *
 * @example
 * loadWeights(resnet18({ channels: 3 }), "weights/none.safetensors"); // throws DataError: safetensors none.safetensors: cannot be opened
 */
export function loadWeights(network: EmbeddingNetwork, path: string, { images, whole = false }: LoadOptions = {}): LoadedWeights {
  refusePickle(path);
  const exported = path.endsWith(".onnx");
  const tensors = exported ? readOnnxWeights(path, network) : readSafetensors(path).tensors;
  try {
    const loaded = noGrad(() => tidy(() => take(network, tensors, { path, whole })));
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

function take(
  network: EmbeddingNetwork,
  given: ReadonlyMap<string, Tensor>,
  { path, whole }: { readonly path: string; readonly whole: boolean },
): LoadedWeights {
  const own = network.stateDict();
  const first = [...own].find(([, { shape }]) => shape.length === 4)?.[0];
  const fitting = new Map<string, Tensor>();
  const kept: LoadedWeights["kept"][number][] = [];
  let adapted: string | null = null;
  for (const [name, values] of own) {
    const offered = given.get(name);
    const fitted = offered && (sameShape(offered, values) ? offered : name === first ? inChannels(offered, values) : undefined);
    if (fitted !== undefined) fitting.set(name, fitted);
    else if (offered !== undefined) kept.push({ name, reason: `${shapeText(values)} here, ${shapeText(offered)} in the file` });
    else if (!name.endsWith("num_batches_tracked")) kept.push({ name, reason: "not in the file" });
    if (fitted !== undefined && fitted !== offered) {
      adapted = `${name} of ${offered?.shape[1]} channels ${values.shape[1] === 1 ? "summed into one" : "spread over three"}`;
    }
  }
  refuseMisfit(path, network, { own, given, fitting });
  if (whole) refusePart(path, network, { own, given });
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

const sameShape = (a: Tensor, b: Tensor): boolean => a.shape.join() === b.shape.join();
