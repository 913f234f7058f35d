import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "@semblant/core";
import { printable, show } from "@semblant/core/internals";
import { dropFact, fact, keepFact } from "./facts.ts";
import { pathMatcher } from "./glob.ts";
import type { LibraryFile } from "./open-file.ts";
import type { WalkNotes } from "./passed-over.ts";

/**
 * Refuses an exclusion that left nothing out: its name may be misspelt, and photos that were to stay out would come in. One that stands
 * for something within a folder that another leaves out is right, too.
 *
 * @throws DataError if there is one
 */
export async function refuseUnused(root: string, patterns: readonly string[], { used, excludedFolders }: WalkNotes): Promise<void> {
  for (const pattern of patterns) {
    if (used.has(pattern) || (await isThere(root, pattern, excludedFolders))) continue;
    const advice = "A name anywhere (raw, *.png), or a path from the folder (2019/raw); one --exclude for each.";
    throw new DataError(`index: expected something in ${root} to leave out, but nothing there is called ${show(pattern)}.\n  ${advice}`);
  }
}

/** Whether a pattern stands for something in folders of a root, or below them. Links are not followed. */
export async function isThere(root: string, pattern: string, from: readonly string[] = [""]): Promise<boolean> {
  const matches = pathMatcher([pattern]);
  const folders = [...from];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []); // the walk names what cannot be read
    for (const entry of entries) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (matches(path)) return true;
      if (entry.isDirectory()) folders.push(path);
    }
  }
  return false;
}

/**
 * The patterns that `--exclude` means: each is one, or several with commas between. A comma may be part of a name, too; where the folder
 * holds something of the whole name, that is meant.
 */
export async function exclusionsOf(root: string, given: readonly string[]): Promise<string[]> {
  const patterns: string[] = [];
  for (const text of given) {
    if (!text.includes(",") || (await isThere(root, text))) patterns.push(text);
    else {
      const words = text.split(",").map((word) => word.trim());
      patterns.push(...words.filter((word) => word !== ""));
    }
  }
  return patterns;
}

/** The exclusions that a library was last indexed with: they hold until others are given. */
export function rememberedExclusions(file: LibraryFile): string[] {
  const text = fact(file, "exclude");
  if (typeof text !== "string") return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((pattern) => typeof pattern === "string") : [];
  } catch {
    return []; // damaged: check names it
  }
}

/** Keeps them for the next time; none are no fact. */
export function rememberExclusions(file: LibraryFile, patterns: readonly string[]): void {
  if (JSON.stringify(rememberedExclusions(file)) === JSON.stringify(patterns)) return;
  if (patterns.length === 0) dropFact(file, "exclude");
  else keepFact(file, "exclude", JSON.stringify(patterns));
}

/**
 * A line about exclusions that an earlier index was given and that hold still; undefined where there are none.
 *
 * @example
 * rememberedLine(["raw", "*.png"]);
 * // "left out as by the last index: raw, *.png (semblant index --exclude names others, --no-exclude none)"
 */
export function rememberedLine(patterns: readonly string[]): string | undefined {
  if (patterns.length === 0) return undefined;
  const named = patterns.map((pattern) => printable(pattern)).join(", ");
  return `left out as by the last index: ${named} (semblant index --exclude names others, --no-exclude none)`;
}
