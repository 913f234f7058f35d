import { closeSync, openSync, readSync } from "node:fs";
import { basename } from "node:path";
import { DataError } from "@semblant/core";
import type { Tensor } from "@semblant/torch";
import type { EmbeddingNetwork } from "../networks/embedding-network.ts";

type Tensors = ReadonlyMap<string, Tensor>;

/** @throws DataError unless a filter or a matrix fits: scales, shifts and counters have the shapes of any network's */
export function refuseMisfit(
  path: string,
  { name }: EmbeddingNetwork,
  { own, given, fitting }: Readonly<Record<"own" | "given" | "fitting", Tensors>>,
): void {
  if ([...fitting.values()].some((values) => values.shape.length > 1)) return;
  const sample = (tensors: Tensors) => {
    const [found] = [...tensors].filter(([, values]) => values.shape.length > 1);
    return found === undefined ? "none" : `${found[0]} ${shapeText(found[1])}`;
  };
  throw new DataError(
    `weights ${basename(path)}: expected weights of ${name}, but none of its ${given.size} tensors fits by name and shape.\n` +
      `  The network's first is ${sample(own)}, the file's ${sample(given)}.`,
  );
}

/**
 * Refuses a file that is of a deeper network, or that lacks some of this one. The last layer may be missing, and batch norms where the
 * file has none at all: such networks are published.
 *
 * @throws DataError that names the first of them
 */
export function refusePart(path: string, { name }: EmbeddingNetwork, { own, given }: Readonly<Record<"own" | "given", Tensors>>): void {
  const where = `weights ${basename(path)}`;
  const strange = [...given].filter(([tensor, { shape }]) => tensor.endsWith(".weight") && shape.length === 4 && !own.has(tensor));
  if (strange.length > 0) {
    throw new DataError(
      `${where}: expected weights of ${name}, but the file has convolutions that ${name} has not: ` +
        `${listed(strange.map(([tensor]) => tensor))}.\n  It is of another network.`,
    );
  }
  const withNorms = [...given.keys()].some((tensor) => tensor.endsWith(".running_mean"));
  const last = layerOf([...own.keys()].at(-1) as string);
  const missing = [...own].filter(([tensor, { shape }]) => {
    if (given.has(tensor) || layerOf(tensor) === last || tensor.endsWith("num_batches_tracked")) return false;
    return withNorms || shape.length > 1;
  });
  if (missing.length === 0) return;
  throw new DataError(
    `${where}: expected every layer of ${name} but the last, but ${missing.length} of its tensors are missing: ` +
      `${listed(missing.map(([tensor]) => tensor))}.\n  The file is a part of one, or of another network.`,
  );
}

/** What files of torch.save begin with. */
const pickles = [
  { start: "504b", words: "an archive as torch.save writes it" }, // PK, of zip
  { start: "80028a0a6cfc9c46", words: "a pickle as torch.save wrote it before PyTorch 1.6" }, // protocol 2, then the format's number
] as const;

/** @throws DataError for a file of torch.save, which is a pickle, zipped or bare */
export function refusePickle(path: string): void {
  const start = Buffer.alloc(8);
  try {
    const file = openSync(path, "r");
    readSync(file, start);
    closeSync(file);
  } catch {
    return; // said by whoever reads it next
  }
  const found = pickles.find((pickle) => start.toString("hex").startsWith(pickle.start));
  if (found === undefined) return;
  throw new DataError(
    `weights ${basename(path)}: expected a safetensors file, but got ${found.words}.\n` +
      "  Turn it into one with Python: safetensors.torch.save_file(torch.load(old), new).",
  );
}

const layerOf = (tensor: string): string => tensor.slice(0, tensor.lastIndexOf("."));

export const shapeText = (values: Tensor): string => `(${values.shape.join(", ")})`;

/** The first four names, and how many more there are. */
export const listed = (names: readonly string[]): string =>
  names.slice(0, 4).join(", ") + (names.length > 4 ? ` and ${names.length - 4} more` : "");
