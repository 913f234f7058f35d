/** The process that reads damaged inputs; watched.ts starts it and watches over it. */
import type { Stock } from "./stock.ts";

/** What came of one input. */
export interface Reading {
  /** What is wrong with how it was read. */
  readonly fault?: string;
  /** Whether the damage was found. */
  readonly found?: boolean;
}

export interface Answer extends Reading {
  /** Mebibytes that the process came to hold at once. */
  readonly peak: number;
}

/** A module whose inputs are read here. */
export interface Reader {
  readHere(input: unknown, stock: Stock, folder: string): Promise<Reading>;
}

process.on("message", async ({ reader, input, stock, folder }: { reader: string; input: unknown; stock: Stock; folder: string }) => {
  let reading: Reading;
  try {
    reading = await ((await import(reader)) as Reader).readHere(input, stock, folder);
  } catch (error) {
    reading = { fault: `the check itself ended: ${(error as Error).stack}` };
  }
  process.send?.({ ...reading, peak: process.resourceUsage().maxRSS / 1024 } satisfies Answer);
});
process.on("unhandledRejection", (error) => {
  console.error(error); // ends as it would have, and says why
  process.exit(70);
});
process.send?.("ready");
