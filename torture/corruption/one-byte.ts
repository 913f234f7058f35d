import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Random } from "@semblant/core";
import type { Reading } from "../reading-process.ts";
import { runHere } from "../run-here.ts";
import type { Stock } from "../stock.ts";
import { corruptCheckpoint } from "./checkpoint.ts";
import type { Corruption } from "./corruption.ts";
import { corruptLibrary } from "./library.ts";
import { corruptTaught } from "./taught.ts";

/** Which file, and which byte becomes what. */
export interface Input {
  readonly of: string;
  readonly at: number;
  readonly value: number;
  readonly seed: number;
}

export const corruptions: readonly Corruption[] = [corruptLibrary, corruptTaught, corruptCheckpoint];

/** @throws Error if there is none of that name */
export function corruptionOf(name: string): Corruption {
  const one = corruptions.find((known) => known.name === name);
  if (one === undefined) throw new Error(`corruption: there is no file "${name}".`);
  return one;
}

/** Another value for a byte of the file, both by chance. */
export function anotherByte(one: Corruption, stock: Stock, random: Random): Input {
  const bytes = readFileSync(join(one.source(stock), one.file));
  const at = random.integer(bytes.length);
  return { of: one.name, at, value: (bytes[at] as number) ^ (1 + random.integer(255)), seed: random.integer(2 ** 32 - 1) };
}

/** Changes a byte in a copy and has this process look at it. */
export async function readHere({ of, at, value, seed }: Input, stock: Stock, folder: string): Promise<Reading> {
  const one = corruptionOf(of);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(one.source(stock), folder, { recursive: true, preserveTimestamps: true });
  const path = join(folder, one.file);
  const bytes = readFileSync(path);
  bytes[at] = value;
  writeFileSync(path, bytes);
  return one.tryOnce({ stock, folder, random: new Random(seed), ask: runHere });
}
