import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { EngineError } from "@semblant/core";

/** Training, and what is done with runs. */
export type Lab = typeof import("@semblant/lab") & typeof import("@semblant/lab/internals");

/**
 * The only place from which training and libtorch are reached, and only when a command needs them: help, search and serving
 * never load either. Importing them loads no native code yet; the first tensor does.
 *
 * @throws EngineError where they are not installed: photos need neither
 */
export async function loadLab(): Promise<Lab> {
  const [lab, internals] = await Promise.all([import("@semblant/lab"), import("@semblant/lab/internals")]).catch(sayWhatIsMissing);
  return { ...lab, ...internals };
}

/** Whether the lab is installed; that libtorch loads is another question. Does not load it. */
export function isInstalled(): boolean {
  try {
    return existsSync(fileURLToPath(import.meta.resolve("@semblant/lab")));
  } catch {
    return false; // there is no package of the name
  }
}

function sayWhatIsMissing(error: NodeJS.ErrnoException): never {
  if (error.code !== "ERR_MODULE_NOT_FOUND" || !/@semblant\/lab/.test(error.message)) throw error;
  throw new EngineError(
    "semblant: expected @semblant/lab, which training and measuring need, but it is not installed.\n" +
      "  Install it beside semblant: npm install @semblant/lab (training builds on libtorch; exported models " +
      "are measured without). Photos are answered without it.",
  );
}
