import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { DataError } from "@semblant/core";
import { writeWhole } from "./write-whole.ts";

/**
 * Writes a table that a person may edit, whole or not at all, but never over another one: what was edited would be lost. Where the same
 * is there already, nothing is written.
 *
 * @throws DataError if other words are there, or it cannot be written, in the words of `inFileWords`
 */
export async function writeUnlessEdited(path: string, content: string): Promise<void> {
  const there = statSync(path, { throwIfNoEntry: false })?.isFile() ? await readFile(path, "utf8") : "";
  if (there === content) return;
  if (there === "") return writeWhole(path, content);
  throw new DataError(
    `${path}: expected no other table there, but there is one that a person may have edited; it was left as it is.\n` +
      "  Name another file, or move that one away.",
  );
}
