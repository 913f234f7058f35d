import { join } from "node:path";
import { run } from "../command.ts";
import { kindOf, kinds } from "../fuzz/kinds.ts";
import { type Input, makeInput } from "../fuzz/one-input.ts";
import type { CheckContext, Outcome } from "../outcome.ts";
import { leastOf } from "../spent.ts";
import { makeStock, type Stock } from "../stock.ts";
import { faultOf } from "../verdict.ts";
import { Watched } from "../watched.ts";

export const name = "fuzz";
export const description =
  "damaged photos, models, weights, arrays, tables, settings and libraries are read or refused in a sentence: no signal, no hang, no stack";

/** One input in so many is read by the command itself, too. */
const byCommandEvery = 40;

/** Reads damaged inputs in a process of their own, and a sample of them by the command. */
export async function* check({ random, until, folder, stockFolder, corpus = [], again }: CheckContext): AsyncGenerator<Outcome> {
  const before = corpus as readonly Input[];
  const wanted = again ? before.map(({ kind }) => kindOf(kind)) : kinds;
  const stock = await makeStock(stockFolder, [...new Set(wanted.flatMap(({ parts }) => parts))]);
  const watched = new Watched(join(import.meta.dirname, "../fuzz/one-input.ts"), { stock, folder: join(folder, "input"), patience: 30 });
  try {
    for (const input of before) {
      const byCommand = input.byCommand === true;
      yield outcome(input, byCommand ? await readByCommand(input, stock, folder) : (await watched.read(input)).fault);
    }
    const spent = new Map(kinds.map((kind) => [kind, 0]));
    for (let done = 0; !again && (Date.now() < until || done < kinds.length); done++) {
      const kind = leastOf(spent); // as much time for each, so that what is quick is read most often
      const input = { kind: kind.name, seed: random.integer(2 ** 32 - 1) };
      const began = performance.now();
      yield outcome(input, (await watched.read(input)).fault);
      if (done % byCommandEvery === byCommandEvery - 1) {
        yield outcome({ ...input, byCommand: true }, await readByCommand(input, stock, folder));
      }
      // Those drawn by hand take seconds and seldom differ: their time counts tenfold.
      const weight = kind.name.startsWith("drawn") ? 10 : 1;
      spent.set(kind, (spent.get(kind) ?? 0) + weight * (performance.now() - began));
    }
  } finally {
    await watched.close();
  }
}

const outcome = (input: Input, fault: string | undefined): Outcome => ({
  done: 1,
  ...(fault !== undefined && { failed: { what: `${input.kind}: ${fault}`, input } }),
});

async function readByCommand(input: Input, stock: Stock, folder: string): Promise<string | undefined> {
  const { args } = await makeInput(input, stock, join(folder, "input"));
  return args === undefined ? undefined : faultOf(await run(args, { cwd: join(folder, "input"), seconds: 60 }), args);
}
