import { faultOf } from "../verdict.ts";
import type { Corruption } from "./corruption.ts";

const searched = (folder: string) => ["search", "smirk", "--in", folder, "--json", "-q"];
let right: Promise<string> | undefined;

/** One byte of the taught classes: refused by name, or the answer is what it was. */
export const corruptTaught: Corruption = {
  name: "taught.json",
  parts: ["indexed"],
  source: ({ indexed }) => indexed,
  file: ".semblant/taught.json",
  async tryOnce({ stock, folder, ask }) {
    right ??= ask(searched(stock.indexed)).then(({ stdout }) => stdout.replaceAll(stock.indexed, ""));
    const ended = await ask(searched(folder));
    const fault = faultOf(ended);
    if (fault !== undefined) return { fault, found: false };
    if (ended.status !== 0) return { found: true };
    return ended.stdout.replaceAll(folder, "") === (await right)
      ? { found: false }
      : { fault: "the answer to a taught word changed without a word about why", found: false };
  },
};
