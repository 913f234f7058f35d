/** What bench/peers/ranks.ts is told, and what it tells. */
import type { Took } from "../interleave.ts";

export interface RanksSetting {
  /** How many processes share the work. */
  readonly ranks: number;
  /** Of each. */
  readonly threads: number;
  readonly width: number;
  readonly perClass: number;
}

export interface RanksOrder {
  readonly do: "train" | "sum";
  readonly times: number;
  /** Of the numbers that are summed. */
  readonly bytes?: number;
}

export interface RanksTook extends Took {
  /** Seconds of it in which the ranks waited for each other's numbers: their mean. */
  readonly waited: number;
  /** What one rank hands to the others to be summed or gathered, for each time. */
  readonly bytes: number;
  /** How often, for each time. */
  readonly collectives: number;
}
