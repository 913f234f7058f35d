import { readFileSync } from "node:fs";
import { join } from "node:path";
import { faultOf } from "../verdict.ts";
import type { Corruption } from "./corruption.ts";

let right: Promise<Buffer> | undefined;

/** One byte of the weights of a run: refused, or the faces lie where they did. */
export const corruptCheckpoint: Corruption = {
  name: "best.safetensors",
  parts: ["run"],
  source: ({ run: dir }) => dir,
  file: "best.safetensors",
  async tryOnce({ stock, folder, ask }) {
    const embed = async (dir: string) => {
      const out = join(folder, "x.npy");
      return { out, ended: await ask(["embed", dir, "--out", out, "-t", "1", "-q"]) };
    };
    right ??= embed(stock.run).then(({ out }) => readFileSync(out));
    const whole = await right;
    const { out, ended } = await embed(folder);
    const fault = faultOf(ended);
    if (fault !== undefined) return { fault, found: false };
    if (ended.status !== 0) return { found: true };
    return readFileSync(out).equals(whole) ? { found: false } : { fault: "its faces lie elsewhere without a word about why", found: false };
  },
};
