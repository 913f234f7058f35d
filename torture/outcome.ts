import type { Random } from "@semblant/core";

/** What a check is handed. */
export interface CheckContext {
  /** Of this check; whoever has it can have the same cases again. */
  readonly seed: number;
  /** All randomness comes from here. */
  readonly random: Random;
  /** `Date.now()` at which to stop; looked at between cases. */
  readonly until: number;
  /** An empty folder of this check's own, removed afterwards. */
  readonly folder: string;
  /** The folder of what checks start from, the same for those that do not watch what is written: see makeStock. */
  readonly stockFolder: string;
  /** What failed earlier, as {@link Failure.input} had it: tried first. */
  readonly corpus: readonly unknown[] | undefined;
  /** Whether only the corpus is to be tried. */
  readonly again: boolean;
}

/** One case that did not end as it should. */
export interface Failure {
  /** What happened, in a line. */
  readonly what: string;
  /** All that is needed to try it again, as JSON holds it. */
  readonly input: unknown;
}

/** What a check reports after each case. */
export interface Outcome {
  /** Cases done since the last report. */
  readonly done: number;
  readonly failed?: Failure;
  /** A line of figures for the record. */
  readonly note?: string;
  /** Why the check could not be made here. */
  readonly skipped?: string;
}

/** A module of `checks/`. */
export interface Check {
  readonly name: string;
  readonly description: string;
  check(context: CheckContext): AsyncGenerator<Outcome>;
}
