import type { Database } from "../database/database.ts";
import type { Progress } from "./jobs.ts";

/** Milliseconds between two looks, and of how long the rate is. */
const between = 2000;
const window = 10_000;

interface Look {
  readonly at: number;
  /** How many jobs each worker had ended. */
  readonly ended: ReadonlyMap<number, number>;
}

/** How far the queue is, looked at seldom: counting many jobs takes a server a while. */
export class QueueProgress {
  readonly #database: Database;
  #looks: Look[] = [];
  #next = Number.NEGATIVE_INFINITY;
  #last: Progress = { left: 0, others: 0, perSecond: undefined };

  constructor(database: Database) {
    this.#database = database;
  }

  /** @param worker who asks: it is none of the others */
  now(worker: number): Progress {
    const began = performance.now();
    if (began < this.#next) return this.#last;
    const rows = this.#database.prepare("SELECT key, ended FROM workers").all() as { key: number; ended: number }[];
    const left = this.#database.prepare("SELECT count(*) FROM jobs").pluck().get() as number;
    const at = performance.now();
    const ended = new Map(rows.map((row) => [row.key, row.ended]));
    const [oldest] = this.#looks;
    const perSecond = oldest === undefined ? undefined : (1000 * endedSince(ended, oldest.ended)) / (at - oldest.at);
    this.#looks = [...this.#looks.filter((look) => at - look.at < window), { at, ended }];
    this.#next = at + Math.max(between, 20 * (at - began));
    this.#last = { left, others: rows.filter(({ key }) => key !== worker).length, perSecond };
    return this.#last;
  }
}

function endedSince(now: ReadonlyMap<number, number>, before: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const [key, ended] of now) sum += ended - (before.get(key) ?? 0);
  return sum;
}
