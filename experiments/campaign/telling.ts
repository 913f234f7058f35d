/** What a campaign says on its way: what runs, how fast, and how long the rest takes at the speed that is measured. */
import { duration } from "@semblant/core/internals";
import { type Cost, wallSeconds } from "./cost.ts";
import type { Ended, Job } from "./side-by-side.ts";
import type { Progress } from "./training-process.ts";
import type { Training } from "./trainings.ts";

/** A job that trains, with what it was reckoned to cost; one that compares trainings has no cost. */
export interface KnownJob extends Job {
  readonly training: Training;
  readonly cost?: Cost;
}

export class Telling {
  readonly #atOnce: number;
  readonly #began = performance.now();
  /** Images a second, by preset and network, as measured last. */
  readonly #speeds = new Map<string, number>();

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  say(text: string): void {
    console.log(`[${duration((performance.now() - this.#began) / 1000)}] ${text}`);
  }

  running(jobs: ReadonlyMap<Job, Progress | undefined>, waiting: readonly Job[]): void {
    const each = [...(jobs as ReadonlyMap<KnownJob, Progress | undefined>)].map(([{ name, training }, progress]) => {
      if (progress === undefined) return `${name}: reading or measuring`;
      this.#speeds.set(speedKey(training), progress.imagesPerSecond);
      return `${name}: epoch ${progress.epoch}/${progress.epochs}, ${Math.round(progress.imagesPerSecond)} images/s`;
    });
    const left = [
      ...[...jobs.values()].map((progress) => progress?.secondsLeft ?? 0),
      ...(waiting as readonly KnownJob[]).map((job) => this.#secondsOf(job)),
    ];
    this.say(`${each.join("; ")}. ${waiting.length} wait; about ${duration(wallSeconds(left, this.#atOnce))} left.`);
  }

  ended(what: Ended): void {
    for (const line of linesOf(what)) this.say(line);
  }

  /** At the speed of the same network, of the same preset, or as it was reckoned. */
  #secondsOf({ training, cost }: KnownJob): number {
    if (cost === undefined) return 0;
    const alike = [...this.#speeds].filter(([key]) => key.startsWith(`${training.preset} `)).map(([, speed]) => speed);
    const mean = alike.length === 0 ? undefined : alike.reduce((sum, speed) => sum + speed, 0) / alike.length;
    const speed = this.#speeds.get(speedKey(training)) ?? mean;
    return speed === undefined ? cost.seconds : cost.images / speed;
  }
}

const speedKey = ({ preset, network }: Training) => `${preset} ${network}`;

function linesOf(what: Ended): string[] {
  const { name } = what.job;
  if (what.kind === "failed") return [`${name} failed: ${what.message.split("\n")[0]}`];
  if (what.kind === "stopped") return [`${name} stopped; it goes on from its checkpoint next time.`];
  if (what.pairs.length > 0) return what.pairs.map(({ pair, points, p }) => `${pair}: ${points} points, p ${p}`);
  return what.rows.map(
    ({ accuracy, nmi, seconds }) =>
      `${name}: accuracy ${accuracy.value.toFixed(1)} %, NMI ${nmi.value.toFixed(1)} %, trained in ${duration(seconds)}`,
  );
}
