import { existsSync } from "node:fs";
import { join } from "node:path";
import { remark } from "@semblant/core/internals";
import { subdivisionDefaults } from "@semblant/training";
import type { Settings } from "@semblant/training/settings";
import { openData } from "../data/open-data.ts";
import { type Cell, keyOf, mainCell } from "./cells.ts";
import { findRun, isFinished } from "./find-run.ts";
import type { Trains } from "./finding.ts";
import { architectures, methods as methodNames, type PublishedMethod, type PublishedNetwork } from "./published.ts";
import {
  imagesPerSecond,
  planSubdivision,
  QUICK_SECONDS,
  type QuickCosts,
  type QuickPart,
  type QuickSubdivision,
  QuickTime,
  quickSentence,
  saidSeconds,
  trainingSeconds,
} from "./quick-budget.ts";
import { quickCosts } from "./quick-costs.ts";

/** What there is to plan: the cells, what they are trained with, and what is there already. */
export interface PlannedStudy {
  /** Folder of the runs. */
  readonly runs: string;
  readonly networks: readonly PublishedNetwork[];
  readonly methods: readonly PublishedMethod[];
  readonly seeds: number;
  /** Data sets that each network of the tables is measured on. */
  readonly sets: number;
  /** Whether a run or a subdivision was given by the user. */
  readonly given: { readonly run: boolean; readonly subdivision: boolean };
  /** Whether the faces are generated. */
  readonly generated: boolean;
  settingsOf(cell: Cell): Settings;
  /** Settings of the subdivision's levels, with the data of all. */
  subdivisionSettings(): Settings;
}

/** How a quick experiment keeps to the time that was said: planned before the first training, dealt out as the work goes on. */
export class QuickPlan {
  readonly #study: PlannedStudy;
  readonly #leftOut: Cell[] = [];
  #time: QuickTime | undefined;
  #shortened: QuickSubdivision | undefined;
  #stoppedAt: number | undefined;
  #drawn = false;

  constructor(study: PlannedStudy) {
    this.#study = study;
  }

  /**
   * Says how long an experiment takes here, reading and measuring included.
   *
   * @returns the seconds that it said
   */
  async announce(trains: Trains): Promise<number> {
    const began = performance.now();
    [this.#time, this.#shortened, this.#stoppedAt] = [undefined, undefined, undefined];
    this.#leftOut.length = 0;
    const { parts, costs, what, seconds } = await (trains === "subdivision" ? this.#levels() : this.#trainings(trains));
    const { whole, said } = seconds ?? saidSeconds(parts, costs);
    remark(quickSentence(what, whole, said));
    this.#time = new QuickTime(parts, { said, costs, began });
    const { generated, given } = this.#study;
    const own = generated && !given.run && !given.subdivision;
    if (own && !this.#drawn) await openData(this.#study.subdivisionSettings().data);
    this.#drawn ||= own;
    return said;
  }

  /** Whether the time that was said has room for a run; else it is left out. */
  hasTime(cell: Cell): boolean {
    if (this.#time === undefined || this.#time.hasTime(keyOf(cell))) return true;
    this.#leftOut.push(cell);
    return false;
  }

  /** Seconds that a training may take, which is about to begin; undefined before anything was said. */
  begin(key: string): number | undefined {
    return this.#time?.begin(key);
  }

  /** Seconds until the work should be done. */
  get left(): number {
    return this.#time?.left ?? 0;
  }

  /** What Algorithm 2 is cut to; undefined where it is not. */
  get subdivision(): QuickSubdivision | undefined {
    return this.#shortened;
  }

  /** Is told how long a measuring took. */
  measured(seconds: number): void {
    this.#time?.measured(seconds);
  }

  /** Is told that Algorithm 2 was stopped after a level, for lack of time. */
  stoppedAfter(level: number): void {
    this.#stoppedAt = level;
  }

  /** What the time did not suffice for, in a sentence; undefined where it did. */
  cutShort(): string | undefined {
    const out = this.#leftOut.map(({ network, method }) => `${architectures[network]} with ${methodNames[method]}`);
    if (out.length > 0)
      return `The time was over before all were trained. Left out: ${out.join("; ")}. The same command goes on with them.`;
    if (this.#stoppedAt !== undefined) return `The time was over after level ${this.#stoppedAt} of Algorithm 2.`;
    return this.#time?.slower === true ? "The machine was slower than at the beginning, so that trainings were cut shorter." : undefined;
  }

  async #levels(): Promise<Planned> {
    const wanted = this.#study.subdivisionSettings();
    const speed = imagesPerSecond(wanted);
    const { images, costs, embedding } = await quickCosts(wanted, { speed, trains: "subdivision", sets: 1, drawn: this.#drawn });
    const made = this.#study.given.subdivision || existsSync(join(this.#study.runs, "resnet18-subdivided-0", "level-1", "level.json"));
    if (made) return { parts: [{ key: "subdivision", seconds: 0 }], costs, what: "Algorithm 2 is done; measuring and drawing" };
    const whole = { levels: subdivisionDefaults.levels, epochs: wanted.epochs, images, batch: 8 * wanted.perClass };
    const each = 2 * embedding + costs.measuring / 10; // a level is split, and looked at
    const ownCosts = { ...costs, measuring: costs.measuring + whole.levels * each };
    const beside = ownCosts.reading + ownCosts.measuring + ownCosts.finishing;
    const room = Math.max(QUICK_SECONDS / 4, QUICK_SECONDS - beside);
    const plan = planSubdivision(whole, speed, room);
    this.#shortened = plan;
    return {
      parts: [{ key: "subdivision", seconds: plan.seconds }],
      costs,
      what: `Algorithm 2 in ${whole.levels} levels`,
      seconds: { whole: beside + plan.seconds, said: beside + (plan.steps === null ? plan.seconds : room) },
    };
  }

  async #trainings(trains: Exclude<Trains, "subdivision">): Promise<Planned> {
    const { runs, given, sets } = this.#study;
    const planned = await Promise.all(
      this.#cellsOf(trains).map(async (cell) => {
        const wanted = this.#study.settingsOf(cell);
        const isGiven = trains === "run" && given.run;
        const found = isGiven ? undefined : await findRun(runs, wanted);
        return { key: keyOf(cell), wanted, isMissing: !isGiven && (found === undefined || !isFinished(found.dir)) };
      }),
    );
    const [first] = planned as [(typeof planned)[number]];
    const speed = imagesPerSecond(first.wanted);
    const options = { speed, trains, sets: trains === "networks" ? sets : 1, drawn: this.#drawn };
    const { images, costs } = await quickCosts(first.wanted, options);
    const missing = planned.filter(({ isMissing }) => isMissing);
    const lengths = trainingSeconds(
      missing.map(({ wanted }) => wanted),
      images,
    );
    const parts = planned.map(
      (one): QuickPart => ({ key: one.key, seconds: one.isMissing ? (lengths[missing.indexOf(one)] as number) : 0 }),
    );
    const count = missing.length === 1 ? "1 training" : `${missing.length} trainings`;
    return { parts, costs, what: missing.length === 0 ? "Measuring" : `${count} with measuring` };
  }

  #cellsOf(trains: Exclude<Trains, "subdivision">): readonly Cell[] {
    const { networks, methods, seeds } = this.#study;
    if (trains === "run") return [mainCell];
    const main = networks.includes("resnet18") ? "resnet18" : (networks[0] as PublishedNetwork);
    return (trains === "losses" ? [main] : networks).flatMap((network) =>
      methods.flatMap((method) => Array.from({ length: trains === "losses" ? 1 : seeds }, (_, seed): Cell => ({ network, method, seed }))),
    );
  }
}

/** The runs of an experiment, what they cost, and what is going to be done, in words. */
interface Planned {
  readonly parts: readonly QuickPart[];
  readonly costs: QuickCosts;
  readonly what: string;
  /** At full length and as they are said, where these are not {@link saidSeconds}. */
  readonly seconds?: { readonly whole: number; readonly said: number };
}
