import type { Random } from "@semblant/core";
import type { Ask } from "../library-rows.ts";
import type { Reading } from "../reading-process.ts";
import type { Stock } from "../stock.ts";

export interface CorruptionContext {
  readonly stock: Stock;
  /** The copy that holds the changed byte. */
  readonly folder: string;
  readonly random: Random;
  readonly ask: Ask;
}

/** A file of which one byte is changed, and what must be true then. */
export interface Corruption {
  readonly name: string;
  readonly parts: readonly (keyof Stock)[];
  /** The folder that is copied. */
  source(stock: Stock): string;
  /** The file in it. */
  readonly file: string;
  /** What is wrong with how the changed byte was met; whether it was found. */
  tryOnce(context: CorruptionContext): Promise<Reading>;
}
