import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { faultOf, type Growth, growthOf, type Sample } from "../memory/growth.ts";
import { makeLibrary } from "../memory/library.ts";
import type { CheckContext, Outcome } from "../outcome.ts";

export const name = "memory";
export const description =
  "a process asks a library of 400 faces again and again (10,000 searches, 10,000 classify, 1,000 albums), and one reads a picture 10,000 times: neither grows by 5 %";

/** Rounds of the long form; the time may be up before. */
const rounds = 1000;
const mostGrowth = 0.05;

interface Input {
  readonly of: "library" | "picture";
}

/** Asks for as long as there is time: three quarters of it a library, then a picture. */
export async function* check({ random, until, folder, corpus = [], again }: CheckContext): AsyncGenerator<Outcome> {
  const before = (corpus as readonly Input[]).map(({ of }) => of);
  await makeLibrary(folder, 200, random);
  for (const [of, share] of [
    ["library", 0.75],
    ["picture", 1],
  ] as const) {
    if (again && !before.includes(of)) continue;
    const now = Date.now();
    const growth = growthOf(await samplesOf(of, folder, again ? Infinity : now + share * (until - now)));
    const fault = faultOf(growth, mostGrowth);
    yield {
      done: growth.rounds,
      note: noteOf(of, growth),
      ...(fault !== undefined && { failed: { what: `${of}: ${fault}`, input: { of } } }),
    };
  }
}

/**
 * What a process of its own holds after each round. V8 lets the young part of its heap grow to some hundred MiB, at a moment that nobody
 * chooses, and keeps it: the process has a small one, so that what is seen is what is held.
 */
async function samplesOf(of: Input["of"], folder: string, until: number): Promise<Sample[]> {
  const flags = ["--conditions=semblant-source", "--disable-warning=ExperimentalWarning", "--expose-gc", "--max-semi-space-size=8"];
  const args = [...flags, join(import.meta.dirname, "../memory/asking.ts"), of, folder, String(rounds), String(until)];
  const env = { ...process.env, OMP_NUM_THREADS: "1", OMP_WAIT_POLICY: "passive" };
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "close") as Promise<[number | null, string | null]>;
  const samples: Sample[] = [];
  for await (const line of createInterface({ input: child.stdout })) samples.push(JSON.parse(line) as Sample);
  const [status, signal] = await ended;
  if (status !== 0) throw new Error(`the process that asks ended by ${signal ?? `status ${status}`}`);
  return samples;
}

function noteOf(of: string, { rounds: made, warmUp, first, last }: Growth): string {
  const change = (from: number, to: number) => `${from.toFixed(1)} to ${to.toFixed(1)} MiB`;
  return `${of}, rounds ${warmUp} to ${made}: heap ${change(first.heap, last.heap)}, resident ${change(first.resident, last.resident)}`;
}
