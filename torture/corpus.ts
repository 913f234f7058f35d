import { createHash } from "node:crypto";
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Failure } from "./outcome.ts";

/** An input that failed once, as it is kept: by its seed or in full, never as a real face. */
export interface Saved {
  readonly check: string;
  readonly what: string;
  readonly input: unknown;
}

export const corpusFolder = join(import.meta.dirname, "corpus");
export const foundFolder = join(import.meta.dirname, "found");

/** The inputs of a check that failed once and are kept with the sources. */
export function readCorpus(check: string, folder = corpusFolder): Saved[] {
  return globSync("*.json", { cwd: folder })
    .sort()
    .map((file) => readSaved(join(folder, file)))
    .filter((saved) => saved.check === check);
}

export function readSaved(path: string): Saved {
  return JSON.parse(readFileSync(path, "utf8")) as Saved;
}

/** Keeps what failed, under a name that its input gives; returns the path. */
export function save(check: string, { what, input }: Failure, folder = foundFolder): string {
  const hash = createHash("sha256").update(JSON.stringify(input)).digest("hex").slice(0, 10);
  const path = join(folder, `${check}-${hash}.json`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, `${JSON.stringify({ check, what, input }, null, 2)}\n`);
  return path;
}
