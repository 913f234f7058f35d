import { readFileSync } from "node:fs";
import { inFileWords } from "@semblant/core/internals";
import { decodeText } from "./decode-text.ts";

/**
 * A file of ours as text.
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

/**
 * A file that another program wrote as text, in whichever encoding and with whichever line ends: see {@link decodeText}.
 *
 * @throws DataError if it cannot be read, in the words of `inFileWords`
 */
export function readForeignText(path: string): string {
  try {
    return decodeText(readFileSync(path));
  } catch (error) {
    throw inFileWords(error, path);
  }
}
