import { existsSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DataError } from "@semblant/core";
import { isPictureName } from "@semblant/core/internals";
import { embeddingsAdvice, isEmbeddingsName, isOtherTable } from "@semblant/files/internals";
import { shippedWords } from "@semblant/photos/internals";

/**
 * The folder of a run, given it or a weights file in it.
 *
 * @throws DataError for a file that is something else, saying what that can be asked
 */
export function runFolder(path: string): string {
  if (shippedWords.includes(path) && !existsSync(path)) throw new DataError(`${path}: expected a run, but got ${exported}`);
  if (!existsSync(path) || statSync(path).isDirectory()) return path;
  if (!/\.safetensors$/i.test(path))
    throw new DataError(`${path}: expected a run, its folder or the weights in it, but got ${whatIs(path)}`);
  if (!existsSync(join(dirname(path), "settings.json"))) {
    throw new DataError(
      `${basename(path)}: expected a settings.json beside the weights, but there is none.\n` +
        "  It says which network the weights are of; keep the two together.",
    );
  }
  return dirname(path);
}

/** What a model is asked. */
const exported =
  "an exported model.\n  evaluate, embed, map, cluster and audit take it, with data. Photos: semblant classify PHOTO --model MODEL";

/** What a file is that was taken for a run, and what it can be asked. */
function whatIs(path: string): string {
  if (isEmbeddingsName(path)) {
    return "exported embeddings.\n  semblant map and semblant cluster take them; evaluate(gallery, test) of @semblant/core measures them.";
  }
  if (isPictureName(path)) {
    return "a picture.\n  Of its faces: semblant classify, or semblant search.";
  }
  if (/\.onnx$|(?<!settings)\.json$/i.test(path)) return exported;
  if (isOtherTable(path)) return `another file.${embeddingsAdvice}`;
  return "another file.\n  A run is made by: semblant train";
}
