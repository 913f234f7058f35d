import type { Random } from "@semblant/core";
import type { Stock } from "../stock.ts";

export interface Making {
  readonly stock: Stock;
  /** An empty folder for this case. */
  readonly folder: string;
  readonly random: Random;
}

/** One damaged input and who reads it. */
export interface Trial {
  /** The command that reads it; where there is no `call` it is run within the process as well. */
  readonly args?: readonly string[];
  /** A shorter way to the same reader. */
  readonly call?: () => unknown;
  /** Whether the reader may not take it for what it isn't. */
  readonly refused?: boolean;
}

/** A kind of input that is damaged. The same random numbers make the same trial. */
export interface Kind {
  readonly name: string;
  /** What of the stock it starts from. */
  readonly parts: readonly (keyof Stock)[];
  make(making: Making): Trial | Promise<Trial>;
}
