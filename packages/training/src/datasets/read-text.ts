import { readFileSync } from "node:fs";
import { inFileWords } from "@semblant/core";

/**
 * A table as text.
 *
 * @throws DataError if it cannot be read, in the words of `inFileWords`
 */
export function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw inFileWords(error, path);
  }
}
