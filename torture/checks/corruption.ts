import { join } from "node:path";
import { anotherByte, corruptionOf, corruptions, type Input } from "../corruption/one-byte.ts";
import type { CheckContext, Outcome } from "../outcome.ts";
import { leastOf } from "../spent.ts";
import { makeStock } from "../stock.ts";
import { Watched } from "../watched.ts";

export const name = "corruption";
export const description =
  "one byte of a library, of taught classes or of a checkpoint changed: it is found, or changes no answer; repair mends it; nothing ends in a stack";

/** Changes one byte at a time. */
export async function* check({ random, until, folder, stockFolder, corpus = [], again }: CheckContext): AsyncGenerator<Outcome> {
  const before = corpus as readonly Input[];
  const wanted = again ? before.map((input) => corruptionOf(input.of)) : corruptions;
  const stock = await makeStock(stockFolder, [...new Set(wanted.flatMap(({ parts }) => parts))]);
  const watched = new Watched(join(import.meta.dirname, "../corruption/one-byte.ts"), {
    stock,
    folder: join(folder, "case"),
    patience: 120,
  });
  const counts = new Map<string, { tried: number; found: number }>();
  const tryOnce = async (input: Input): Promise<Outcome> => {
    const { fault, found } = await watched.read(input);
    const count = counts.get(input.of) ?? { tried: 0, found: 0 };
    counts.set(input.of, { tried: count.tried + 1, found: count.found + (found ? 1 : 0) });
    return { done: 1, ...(fault !== undefined && { failed: { what: `${input.of}, byte ${input.at}: ${fault}`, input } }) };
  };
  try {
    for (const input of before) yield await tryOnce(input);
    const spent = new Map(corruptions.map((one) => [one, 0]));
    for (let done = 0; !again && (Date.now() < until || done < corruptions.length); done++) {
      const one = leastOf(spent);
      const began = performance.now();
      yield await tryOnce(anotherByte(one, stock, random));
      spent.set(one, (spent.get(one) ?? 0) + performance.now() - began);
    }
  } finally {
    await watched.close();
  }
  yield { done: 0, note: [...counts].map(([file, { tried, found }]) => `${file}: ${tried} bytes, ${found} found`).join("; ") };
}
