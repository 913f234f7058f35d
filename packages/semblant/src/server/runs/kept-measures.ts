import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "@semblant/core";
import { writeWhole } from "@semblant/files/internals";
import type { FormedMap } from "@semblant/lab/internals";
import type { Measure } from "./measure.ts";
import type { KeptEvaluation } from "./measure-process.ts";
import type { FoundRun } from "./runs-folder.ts";

/** In the run's folder: what was measured of its best weights, and how its map formed. */
export const evaluationFile = "evaluation.json";
export const mapFile = "map-as-it-formed.json";
const format = 1;
/** Moments of a map that are kept; then every second one of the older goes. */
const mostMoments = 60;

/** What is known of a measurement: it is there, it is being made, or it failed. */
export type Measured<Value> =
  | { readonly state: "none" }
  | { readonly state: "measuring"; readonly says: string | null }
  | { readonly state: "failed"; readonly failure: Error }
  /** `outdated`: the weights are others by now. */
  | { readonly state: "measured"; readonly value: Value; readonly outdated: boolean };

/** A map of the same faces at several moments. */
export interface MapMoments extends Omit<FormedMap, "step" | "positions"> {
  readonly moments: readonly { readonly step: number; readonly positions: readonly number[] }[];
}

interface Pending {
  says: string | null;
  failure?: Error;
}

/** What is measured of which weights. */
interface Measuring {
  readonly key: string;
  readonly run: FoundRun;
}

/** Evaluations and maps of runs: computed once, kept in the run's folder, and computed anew when the weights changed. */
export class KeptMeasures {
  readonly #measure: Measure;
  readonly #pending = new Map<string, Pending>();
  #changed: (run: string) => void = () => {};

  constructor(measure: Measure) {
    this.#measure = measure;
  }

  /** Tells whenever something was measured, or failed. */
  onChange(changed: (run: string) => void): void {
    this.#changed = changed;
  }

  evaluation(run: FoundRun): Measured<KeptEvaluation> {
    const pending = this.#pending.get(`evaluation ${run.name}`);
    if (pending !== undefined) return ofPending(pending);
    const kept = read<{ of: string; evaluation: KeptEvaluation }>(join(run.dir, evaluationFile));
    if (kept === undefined) return { state: "none" };
    return { state: "measured", value: kept.evaluation, outdated: kept.of !== markOf(run, "best") };
  }

  /** Starts to measure the best weights of a run. */
  evaluate(run: FoundRun): void {
    refuseWithoutWeights(run);
    const of = markOf(run, "best");
    this.#start({ key: `evaluation ${run.name}`, run }, async (progress) => {
      const evaluation = await this.#measure.ask<KeptEvaluation>({ what: "evaluate", run: run.dir }, progress);
      await writeWhole(join(run.dir, evaluationFile), `${JSON.stringify({ format, of, evaluation })}\n`);
    });
  }

  map(run: FoundRun): Measured<MapMoments> {
    const pending = this.#pending.get(`map ${run.name}`);
    const kept = read<{ of: string; map: MapMoments }>(join(run.dir, mapFile));
    if (pending?.failure !== undefined || kept === undefined) return pending === undefined ? { state: "none" } : ofPending(pending);
    return { state: "measured", value: kept.map, outdated: kept.of !== markOf(run, "last") };
  }

  /** Starts to add the weights that training goes on from to the map of a run, where they are not in it. */
  addMoment(run: FoundRun): void {
    refuseWithoutWeights(run);
    const of = markOf(run, "last");
    if (read<{ of: string }>(join(run.dir, mapFile))?.of === of) return;
    this.#start({ key: `map ${run.name}`, run }, async () => {
      const path = join(run.dir, mapFile);
      const kept = read<{ map: MapMoments }>(path)?.map;
      const last = kept?.moments.at(-1);
      const before = kept !== undefined && last !== undefined ? { before: { ...kept, ...last } } : {};
      const formed = await this.#measure.ask<FormedMap>({ what: "map", run: run.dir, ...before });
      await writeWhole(path, `${JSON.stringify({ format, of, map: withMoment(kept, formed) })}\n`);
    });
  }

  #start({ key, run }: Measuring, work: (progress: (text: string) => void) => Promise<void>): void {
    const there = this.#pending.get(key);
    if (there !== undefined && there.failure === undefined) return;
    const pending: Pending = { says: null };
    this.#pending.set(key, pending);
    const progress = (text: string) => {
      pending.says = text;
      this.#changed(run.name);
    };
    work(progress)
      .then(
        () => this.#pending.delete(key),
        (error: Error) => {
          pending.failure = error;
        },
      )
      .finally(() => this.#changed(run.name));
  }
}

/** The moments with one more. A run that went back to its checkpoint loses those after it; other faces begin anew. */
export function withMoment(kept: MapMoments | undefined, { step, positions, ...faces }: FormedMap): MapMoments {
  const same = kept !== undefined && kept.ids.join("\n") === faces.ids.join("\n");
  const before = same ? kept.moments.filter((moment) => moment.step < step) : [];
  const thinned = before.length < mostMoments ? before : before.filter((_, i) => i % 2 === 0 || i >= before.length - 10);
  return { ...faces, moments: [...thinned, { step, positions }] };
}

function ofPending({
  says,
  failure,
}: Pending): { readonly state: "measuring"; readonly says: string | null } | { readonly state: "failed"; readonly failure: Error } {
  return failure === undefined ? { state: "measuring", says } : { state: "failed", failure };
}

function refuseWithoutWeights(run: FoundRun): void {
  if (markOf(run, "best") !== "") return;
  throw new DataError(`run ${run.name}: expected a run with weights, but its first checkpoint has not been written.\n  Wait for it.`);
}

/** Another text whenever the weights were written again. */
function markOf({ dir }: FoundRun, which: "best" | "last"): string {
  const found = statSync(join(dir, `${which}.safetensors`), { throwIfNoEntry: false });
  return found === undefined ? "" : `${Math.round(found.mtimeMs)} ${found.size}`;
}

function read<Value>(path: string): Value | undefined {
  try {
    const value = JSON.parse(readFileSync(path, "utf8")) as Value & { format?: unknown };
    return value.format === format ? value : undefined;
  } catch {
    return undefined; // not there, or no such file: it is made again
  }
}
