import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { DataError } from "@semblant/core";
import { inFileWords } from "@semblant/core/internals";

/** The models that ship, by the words that name them. */
const shipped: ReadonlyMap<string, string> = new Map(Object.entries({ best: "expression.onnx", small: "expression-small.onnx" }));

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
 * The bytes of a model: one that ships, by its word, or a file.
 *
 * @throws DataError if there is none
 */
export async function readModel(model: string): Promise<Uint8Array> {
  const name = shipped.get(model);
  if (name !== undefined) return readShipped(name);
  if (!existsSync(model)) throw new DataError(`model: expected best, small or a file, but there is no ${JSON.stringify(model)}.`);
  return readFile(model).catch((error) => {
    throw inFileWords(error, model);
  });
}

/** Where a model is: that of one that ships, by its word; any other is a path already. */
export function pathOfModel(model: string): string {
  const name = shipped.get(model);
  return name === undefined || existsSync(model) ? model : pathOfShipped(name);
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

/** Whether a name is that of an exported model: a word for one that ships, or an ONNX file. */
export function isModel(name: string): boolean {
  return name.endsWith(".onnx") || shippedWords.includes(name);
}
