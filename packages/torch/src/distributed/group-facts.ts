import type { ProcessGroupBackend } from "./backends.ts";

/** What is known of a group: the group has it, too. */
export interface GroupFacts {
  readonly rank: number;
  readonly size: number;
  readonly backend: ProcessGroupBackend;
  /** Seconds. */
  readonly timeLimit: number;
}
