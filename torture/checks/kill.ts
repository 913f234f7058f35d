import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Random } from "@semblant/core";
import { killForgetting, killTeaching } from "../kill/forgetting.ts";
import { killIndexing, stopIndexing } from "../kill/indexing.ts";
import type { KillJob } from "../kill/job.ts";
import { killOutputs } from "../kill/outputs.ts";
import { killTraining, stopTraining } from "../kill/training.ts";
import type { CheckContext, Outcome } from "../outcome.ts";
import { leastOf } from "../spent.ts";
import { makeStock } from "../stock.ts";

export const name = "kill";
export const description =
  "commands killed or stopped at any moment: libraries stay whole, trainings go on bit for bit, outputs are whole or absent, nothing outlives them";

/** Which job, and the seed of its moments. */
interface Input {
  readonly job: string;
  readonly seed: number;
}

const jobs: readonly KillJob[] = [killForgetting, killIndexing, stopIndexing, killTraining, stopTraining, killTeaching, ...killOutputs];

/** Ends commands at random moments. The same seed ends at the same moment after the start; what a process has done by then may differ. */
export async function* check({ random, until, folder, stockFolder, corpus = [], again }: CheckContext): AsyncGenerator<Outcome> {
  const before = corpus as readonly Input[];
  const wanted = again ? jobs.filter(({ name: known }) => before.some(({ job }) => job === known)) : jobs;
  const stock = await makeStock(stockFolder, [...new Set(wanted.flatMap(({ parts }) => parts))]);
  const place = join(folder, "case");
  const tries = new Map<string, number>();
  const tryOnce = async (job: KillJob, seed: number): Promise<Outcome> => {
    rmSync(place, { recursive: true, force: true, maxRetries: 5 });
    mkdirSync(place);
    const label = `${process.pid}-${job.name}-${seed}`;
    const fault = await job.tryOnce({ stock, folder: place, random: new Random(seed), label });
    tries.set(job.name, (tries.get(job.name) ?? 0) + 1);
    return { done: 1, ...(fault !== undefined && { failed: { what: `${job.name}: ${fault}`, input: { job: job.name, seed } } }) };
  };
  for (const { job, seed } of before) {
    const known = jobs.find((one) => one.name === job);
    if (known === undefined) throw new Error(`kill: there is no job "${job}".`);
    for (let times = 0; times < (again ? 5 : 1); times++) yield tryOnce(known, seed);
  }
  const spent = new Map(jobs.map((job) => [job, 0]));
  for (let done = 0; !again && (Date.now() < until || done < 1); done++) {
    const job = leastOf(spent); // as much time for each, so that what is quick is killed most often
    const began = performance.now();
    yield tryOnce(job, random.integer(2 ** 32 - 1));
    spent.set(job, (spent.get(job) ?? 0) + performance.now() - began);
  }
  yield { done: 0, note: [...tries].map(([job, times]) => `${job} ${times}`).join(", ") };
}
