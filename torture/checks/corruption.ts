import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Random } from "@semblant/core";
import { corruptCheckpoint } from "../corruption/checkpoint.ts";
import type { Corruption } from "../corruption/corruption.ts";
import { corruptLibrary } from "../corruption/library.ts";
import { corruptTaught } from "../corruption/taught.ts";
import type { CheckContext, Outcome } from "../outcome.ts";
import { makeStock } from "../stock.ts";

export const name = "corruption";
export const description =
  "one byte of a library, of taught classes or of a checkpoint changed: it is found, or changes no answer; repair mends it; nothing ends in a stack";

/** Which file, and which byte becomes what. */
interface Input {
  readonly of: string;
  readonly at: number;
  readonly value: number;
  readonly seed: number;
}

const corruptions: readonly Corruption[] = [corruptLibrary, corruptTaught, corruptCheckpoint];

/** Changes one byte at a time. */
export async function* check({ random, until, folder, corpus = [], again }: CheckContext): AsyncGenerator<Outcome> {
  const before = corpus as readonly Input[];
  const wanted = again ? corruptions.filter((one) => before.some((input) => input.of === one.name)) : corruptions;
  const stock = await makeStock(join(folder, "stock"), [...new Set(wanted.flatMap(({ parts }) => parts))]);
  const place = join(folder, "case");
  const counts = new Map<string, { tried: number; found: number }>();
  const tryOnce = async (input: Input): Promise<Outcome> => {
    const one = corruptions.find((known) => known.name === input.of);
    if (one === undefined) throw new Error(`corruption: there is no file "${input.of}".`);
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place, { recursive: true });
    const source = one.source(stock);
    cpSync(source, place, { recursive: true, preserveTimestamps: true });
    const path = join(place, one.file);
    const bytes = readFileSync(path);
    bytes[input.at] = input.value;
    writeFileSync(path, bytes);
    const { fault, found } = await one.tryOnce({ stock, folder: place, random: new Random(input.seed), at: input.at });
    const count = counts.get(one.name) ?? { tried: 0, found: 0 };
    counts.set(one.name, { tried: count.tried + 1, found: count.found + (found ? 1 : 0) });
    return { done: 1, ...(fault !== undefined && { failed: { what: `${one.name}, byte ${input.at}: ${fault}`, input } }) };
  };
  for (const input of before) yield tryOnce(input);
  for (let done = 0; !again && Date.now() < until; done++) {
    const one = corruptions[done % corruptions.length] as Corruption;
    const bytes = readFileSync(join(one.source(stock), one.file));
    const at = random.integer(bytes.length);
    const other = (1 + random.integer(255)) ^ (bytes[at] as number);
    const value = other === bytes[at] ? other ^ 1 : other;
    yield tryOnce({ of: one.name, at, value, seed: random.integer(2 ** 32 - 1) });
  }
  yield { done: 0, note: [...counts].map(([file, { tried, found }]) => `${file}: ${tried} bytes, ${found} found`).join("; ") };
}
