import { statSync } from "node:fs";
import { DataError } from "@semblant/core";
import { show } from "@semblant/core/internals";

/**
 * Remembers which file a library is. What is written to one that was taken away while it is open would be lost, and nobody would know.
 *
 * @returns refuses where another file has its place by now, or none
 */
export function stillThere(path: string): () => void {
  const own = placeOf(path);
  return () => {
    const now = placeOf(path);
    if (now === own) return;
    const got = now === undefined ? "it was moved or removed" : "another has its place";
    throw new DataError(`library: expected ${show(path)} to stay while it is open, but ${got}.\n  Open the folder again.`);
  };
}

function placeOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  return found && `${found.dev} ${found.ino}`;
}
