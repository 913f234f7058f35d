import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import type { Step } from "@semblant/lab/internals";

/** The steps of a run as columns; a number that a step does not have is null. */
export interface StepColumns {
  readonly step: number[];
  readonly epoch: number[];
  /** NaN where it was none. */
  readonly loss: number[];
  readonly learningRate: number[];
  readonly imagesPerSecond: number[];
  readonly validation: { readonly step: number[]; readonly value: number[]; readonly faces: (number | null)[] };
}

const empty = (): StepColumns => ({
  step: [],
  epoch: [],
  loss: [],
  learningRate: [],
  imagesPerSecond: [],
  validation: { step: [], value: [], faces: [] },
});

/**
 * Follows `steps.jsonl` of a run while somebody writes to it: each look reads only what is new. A run that is resumed drops the steps after
 * its checkpoint; then all is read again, and `generation` is another.
 */
export class StepsReader {
  readonly #path: string;
  #at = 0;
  #rest = Buffer.alloc(0);
  #inode = 0;
  columns = empty();
  generation = 1;
  /** What the validation measures. */
  metric: string | undefined;
  last: Step | undefined;

  constructor(dir: string) {
    this.#path = join(dir, "steps.jsonl");
  }

  /** Reads what was written since the last look; says whether there was anything. */
  look(): boolean {
    let file: number;
    try {
      file = openSync(this.#path, "r");
    } catch {
      return false; // no step yet
    }
    try {
      const { size, ino } = fstatSync(file);
      const before = this.generation;
      if (size < this.#at || (this.#inode !== 0 && ino !== this.#inode)) this.#anew();
      this.#inode = ino;
      if (size === this.#at) return this.generation !== before;
      const bytes = Buffer.alloc(size - this.#at);
      const read = readSync(file, bytes, 0, bytes.length, this.#at);
      this.#at += read;
      this.#take(Buffer.concat([this.#rest, bytes.subarray(0, read)]));
      return true;
    } finally {
      closeSync(file);
    }
  }

  #anew(): void {
    [this.#at, this.#rest, this.columns, this.last] = [0, Buffer.alloc(0), empty(), undefined];
    this.generation++;
  }

  #take(bytes: Buffer): void {
    const end = bytes.lastIndexOf(10) + 1;
    this.#rest = Buffer.from(bytes.subarray(end));
    for (const line of bytes.toString("utf8", 0, end).split("\n")) {
      const step = parse(line);
      if (step === undefined) continue;
      if (this.last !== undefined && step.step <= this.last.step) this.#back(step.step); // dropped and written again between two looks
      this.#append(step);
    }
  }

  #back(step: number): void {
    const { validation, ...columns } = this.columns;
    const kept = columns.step.findIndex((one) => one >= step);
    for (const column of Object.values(columns)) column.length = Math.max(0, kept);
    const validated = validation.step.findIndex((one) => one >= step);
    if (validated >= 0) for (const column of Object.values(validation)) column.length = validated;
    this.generation++;
  }

  #append(step: Step): void {
    const { columns } = this;
    columns.step.push(step.step);
    columns.epoch.push(step.epoch);
    columns.loss.push(step.loss ?? Number.NaN);
    columns.learningRate.push(step.learningRate);
    columns.imagesPerSecond.push(step.imagesPerSecond);
    if (step.validation !== undefined) {
      columns.validation.step.push(step.step);
      columns.validation.value.push(step.validation.value);
      columns.validation.faces.push(step.validation.faces ?? null);
      this.metric = step.validation.metric;
    }
    this.last = step;
  }
}

function parse(line: string): Step | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && Number.isInteger((value as Step).step) ? (value as Step) : undefined;
  } catch {
    return undefined; // damaged: evaluate says so
  }
}

/** The columns after a step, for who has those up to it. */
export function columnsAfter({ validation, ...columns }: StepColumns, after: number): StepColumns {
  const from = firstAfter(columns.step, after);
  const validated = firstAfter(validation.step, after);
  const cut = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.slice(from)]));
  return {
    ...(cut as Omit<StepColumns, "validation">),
    validation: {
      step: validation.step.slice(validated),
      value: validation.value.slice(validated),
      faces: validation.faces.slice(validated),
    },
  };
}

/** Steps ascend. */
function firstAfter(steps: readonly number[], after: number): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] as number) <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}
