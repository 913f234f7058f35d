import { existsSync } from "node:fs";
import { DataError } from "@semblant/core";
import { type DataDigest, digestOfData } from "@semblant/training/internals";
import type { DataSettings } from "@semblant/training/settings";
import { openData } from "./open-data.ts";

/**
 * Whether what lies at `source` are a run's own data, which were moved there: nothing is left where they were, and the pixels of training
 * and validation images are those that the run was trained on. A run of an earlier version does not know them: then it is false.
 */
export async function isMovedThere(
  { own, trainedOn }: { readonly own: DataSettings; readonly trainedOn: DataDigest | undefined },
  source: string,
): Promise<boolean> {
  if (trainedOn === undefined || own.source === "generated" || source === "generated") return false;
  if (existsSync(own.source) || !existsSync(source)) return false;
  try {
    const there = await openData({ ...own, source });
    return digestOfData(there).pixels === trainedOn.pixels;
  } catch {
    return false; // read with its own settings, it is no such set
  }
}

/**
 * Refuses to look for a run's own data where they are no more, and says what helps.
 *
 * @throws DataError if nothing lies at `source`
 */
export function refuseGone(source: string): void {
  if (source === "generated" || existsSync(source)) return;
  throw new DataError(
    `data at ${source}: no such file or folder.\n` +
      "  The run was trained on what lay there. If it was moved, say where it is now with --data.",
  );
}
