import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { EngineError } from "@semblant/core";

/**
 * The only place from which training and libtorch are reached, and only when a command needs them: help, search and serving
 * never load either. Importing them loads no native code yet; the first tensor does.
 *
 * @throws EngineError where they are not installed: photos need neither
 */
export async function loadEngine(): Promise<typeof import("@semblant/training")> {
  return import("@semblant/training").catch(sayWhatIsMissing);
}

/**
 * The readers of data sets and the settings that they are read by: a part of training that needs no libtorch.
 *
 * @throws EngineError where training is not installed
 */
export async function loadReaders(): Promise<typeof import("@semblant/training/datasets")> {
  return import("@semblant/training/datasets").catch(sayReadersAreMissing);
}

/**
 * The tensor engine itself, for what is asked of it directly: threads, and what is installed.
 *
 * @throws EngineError where it is not installed
 */
export async function loadTorch(): Promise<typeof import("@semblant/torch")> {
  return import("@semblant/torch").catch(sayWhatIsMissing);
}

/** Whether training and its libtorch are installed; that libtorch loads is another question. Loads neither. */
export function isInstalled(): boolean {
  return ["@semblant/training", "@semblant/torch"].every((name) => {
    try {
      return existsSync(fileURLToPath(import.meta.resolve(name)));
    } catch {
      return false; // there is no package of the name
    }
  });
}

function sayWhatIsMissing(error: NodeJS.ErrnoException): never {
  if (error.code !== "ERR_MODULE_NOT_FOUND" || !/@semblant\/(training|torch)/.test(error.message)) throw error;
  throw new EngineError(
    "semblant: expected @semblant/training, which training and measuring need, but it is not installed.\n" +
      "  Install it beside semblant (npm install @semblant/training vega vega-lite; it builds on libtorch). Photos are answered without it.",
  );
}

/** Data sets are read without libtorch, so that nobody should think that they had to build it. */
function sayReadersAreMissing(error: NodeJS.ErrnoException): never {
  if (error.code !== "ERR_MODULE_NOT_FOUND" || !/@semblant\/training/.test(error.message)) throw error;
  throw new EngineError(
    "semblant: expected @semblant/training, which reads data sets, but it is not installed.\n" +
      "  Install it beside semblant (npm install @semblant/training). Reading and measuring with exported models needs no libtorch.",
  );
}

export type Engine = Awaited<ReturnType<typeof loadEngine>>;
/** What reads data sets: the readers alone, or the {@link Engine}, which has them, too. */
export type Readers = Pick<
  Awaited<ReturnType<typeof loadReaders>>,
  | "alignClasses"
  | "dataSettings"
  | "findTwins"
  | "openData"
  | "otherData"
  | "resolveSettings"
  | "rowFacts"
  | "samePeople"
  | "subset"
  | "withoutPeople"
  | "withoutTeachers"
>;
