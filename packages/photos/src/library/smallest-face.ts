import { OptionError } from "@semblant/core";
import { invalidOption } from "@semblant/core/internals";
import { fact, keepFact } from "./facts.ts";
import type { LibraryFile } from "./open-file.ts";

/** @throws OptionError if a smallest face is asked for that is no number above 0 */
export function checkSmallest(where: string, smallest: number | undefined): void {
  if (smallest !== undefined && !(smallest > 0)) throw invalidOption(where, "smallest", "a number above 0", smallest);
}

/** The smallest face that a library was last asked to look for, in pixels; undefined if nobody said. */
export function rememberedSmallest(file: LibraryFile): number | undefined {
  const value = Number(fact(file, "smallest") ?? 0);
  return value > 0 ? value : undefined;
}

/** Keeps it for the next time. */
export function rememberSmallest(file: LibraryFile, smallest: number | undefined): void {
  if (smallest === undefined || rememberedSmallest(file) === smallest) return;
  keepFact(file, "smallest", smallest);
}

/** @throws OptionError if a worker is asked for another smallest face than its library */
export function refuseOtherSmallest(file: LibraryFile, smallest: number | undefined): void {
  const own = rememberedSmallest(file);
  if (smallest === own) return;
  throw new OptionError(
    `index: expected a worker to look for the library's smallest face, ${own === undefined ? "the usual one" : `${own} pixels`}, ` +
      `but got ${smallest}.\n  Give --smallest to the index that fills the queue.`,
  );
}

/**
 * Which photos were looked at as closely as is asked, as a condition on `photos`: all, where nothing is asked; else those in which faces
 * of that size were surely found. Of photos that were read before this was kept, nobody knows.
 *
 * @param smallest the name of a parameter
 */
export const closelyRead = (smallest: string): string =>
  `(CAST(${smallest} AS DOUBLE PRECISION) IS NULL OR looked <= 1.001 * CAST(${smallest} AS DOUBLE PRECISION))`;
