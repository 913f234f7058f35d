import { run } from "../command.ts";
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
  async tryOnce({ stock, folder }) {
    right ??= run(searched(stock.indexed), { cwd: folder }).then(({ stdout }) => stdout.replaceAll(stock.indexed, ""));
    const ended = await run(searched(folder), { cwd: folder });
    const fault = faultOf(ended);
    if (fault !== undefined) return { fault, found: false };
    if (ended.status !== 0) return { found: true };
    return ended.stdout.replaceAll(folder, "") === (await right)
      ? { found: false }
      : { fault: "the answer to a taught word changed without a word about why", found: false };
  },
};
