/** The process that reads damaged inputs; torture/fuzz/watched.ts starts it and watches over it. */
import type { Stock } from "../stock.ts";
import { type Input, makeInput, readInput } from "./one-input.ts";

/** Answers of this process. */
export interface Answer {
  readonly fault?: string;
  /** Mebibytes that the process came to hold at once. */
  readonly peak: number;
}

process.on("message", async ({ input, stock, folder }: { input: Input; stock: Stock; folder: string }) => {
  let fault: string | undefined;
  try {
    fault = await readInput(await makeInput(input, stock, folder));
  } catch (error) {
    fault = `the check itself ended: ${(error as Error).stack}`;
  }
  process.send?.({ ...(fault !== undefined && { fault }), peak: process.resourceUsage().maxRSS / 1024 } satisfies Answer);
});
process.on("unhandledRejection", (error) => {
  console.error(error); // ends as it would have, and says why
  process.exit(70);
});
process.send?.("ready");
