import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { DataError } from "@semblant/core";
import { inFileWords } from "@semblant/core/internals";
import { type AdaptedNetwork, readModelCard } from "@semblant/faces";
import { adaptedModel, onnxParts, otherNetwork, readAdaptation } from "@semblant/faces/internals";

/** The models that ship, by the words that name them. `posed` is `best` with other Gaussians, so it comes after it. */
const shipped: ReadonlyMap<string, string> = new Map(
  Object.entries({ best: "expression.onnx", small: "expression-small.onnx", posed: "expression-posed.json" }),
);
/** The network of a model that ships as an adapted one. */
const shippedNetwork = "expression.onnx";

export const shippedWords: readonly string[] = [...shipped.keys()];

/** The networks that find faces, in `@semblant/faces` too. */
export const finders = { detector: "face-detector.onnx", keypoints: "face-keypoints.onnx", mesh: "face-mesh.onnx" } as const;

/** Which of the models that ship lie in their place, and which do not: all that reading a photo takes. */
export function shippedModels(): { readonly here: readonly string[]; readonly missing: readonly string[] } {
  const all = [...shipped.values(), ...Object.values(finders)];
  const here = all.filter((name) => existsSync(pathOfShipped(name)));
  return { here, missing: all.filter((name) => !here.includes(name)) };
}

/**
 * The bytes of a model: one that ships, by its word, or a file of `semblant export` or `semblant adapt`.
 *
 * @throws DataError if there is none, or it is an adapted model that is damaged or whose network is not at hand
 */
export async function readModel(model: string): Promise<Uint8Array> {
  const name = shipped.get(model);
  if (name !== undefined) return isAdapted(name) ? readShippedAdapted(name) : readShipped(name);
  if (!existsSync(model)) throw new DataError(`model: expected best, small, posed or a file, but there is no ${JSON.stringify(model)}.`);
  try {
    return isAdapted(model) ? await readAdaptedModel(model) : await readFile(model);
  } catch (error) {
    throw inFileWords(error, model);
  }
}

async function readShippedAdapted(name: string): Promise<Uint8Array> {
  const adaptation = readAdaptation(new TextDecoder().decode(await readShipped(name)), `model ${name}`);
  return adaptedModel(await readShipped(shippedNetwork), adaptation, `model ${name}`);
}

async function readAdaptedModel(path: string): Promise<Uint8Array> {
  const where = `adapted model at ${path}`;
  const adaptation = readAdaptation(await readFile(path, "utf8"), where);
  const { name, checksum, file } = adaptation.network;
  if (file !== undefined) return adaptedModel(await readFile(networkBeside(path, { name, checksum, file })), adaptation, where);
  const word = await shippedWithChecksum(checksum);
  if (word === undefined) throw otherNetwork(where, adaptation);
  return adaptedModel(await readModel(word), adaptation, where);
}

/** Where the network of an adapted model is: where it was, from the adapted model's file, or beside that. */
function networkBeside(path: string, { name, checksum, file }: AdaptedNetwork & { readonly file: string }): string {
  const place = [resolve(dirname(path), file), join(dirname(path), basename(file))].find((one) => existsSync(one));
  if (place !== undefined) return place;
  throw new DataError(
    `adapted model at ${path}: expected the network that it was made for, ${JSON.stringify(name)} (${checksum}), ` +
      `at ${resolve(dirname(path), file)}, but there is none.\n  Put it there, or beside the adapted model.`,
  );
}

/** The word of the model that ships and has these weights; undefined if none has. */
export async function shippedWithChecksum(checksum: string): Promise<string | undefined> {
  for (const word of shippedWords) {
    const said = await readModel(word).then(saidChecksum, () => undefined); // one that was not built is not at hand
    if (said === checksum) return word;
  }
  return undefined;
}

/** The checksum that a card says, of weights that were not looked at. */
const saidChecksum = (bytes: Uint8Array) => readModelCard(onnxParts(bytes).metadata.get("semblant") ?? "").checksum;

/** Where a model is: that of one that ships, by its word; any other is a path already. */
export function pathOfModel(model: string): string {
  const name = shipped.get(model);
  return name === undefined || existsSync(model) ? model : pathOfShipped(name);
}

/**
 * Where the network of a model is: that of an adapted model, or the model itself.
 *
 * @throws DataError if it is an adapted model that is damaged or whose network is not at hand
 */
export async function pathOfNetwork(model: string): Promise<string> {
  const name = shipped.get(model);
  if (name !== undefined && isAdapted(name)) return pathOfShipped(shippedNetwork);
  if (!isAdapted(model) || !existsSync(model)) return pathOfModel(model);
  const where = `adapted model at ${model}`;
  const { network } = readAdaptation(await readFile(model, "utf8"), where);
  if (network.file !== undefined) return networkBeside(model, { ...network, file: network.file });
  const word = await shippedWithChecksum(network.checksum);
  if (word === undefined) throw otherNetwork(where, { network });
  return pathOfModel(word);
}

/** Where a file lies that @semblant/faces ships. */
export const pathOfShipped = (name: string): string => fileURLToPath(urlOfShipped(name));

const urlOfShipped = (name: string): URL => new URL(import.meta.resolve(`@semblant/faces/models/${name}`));

/**
 * The bytes of a file that @semblant/faces ships.
 *
 * @throws DataError if it was not built
 */
export async function readShipped(name: string): Promise<Uint8Array> {
  return readFile(urlOfShipped(name)).catch((cause) => {
    throw new DataError(
      `model ${basename(name)}: it is not where @semblant/faces keeps its models.\n` +
        "  In a checkout, build them: node packages/faces/build-models.mjs",
      { cause },
    );
  });
}

/** Whether a name is that of a model: a word for one that ships, an ONNX file, or an adapted model. */
export function isModel(name: string): boolean {
  return name.toLowerCase().endsWith(".onnx") || isAdapted(name) || shippedWords.includes(name);
}

/** Whether a name is that of an adapted model. */
export function isAdapted(name: string): boolean {
  return name.toLowerCase().endsWith(".json");
}
