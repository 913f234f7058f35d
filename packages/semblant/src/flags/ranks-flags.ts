import type { CommandOption } from "../terminal/declaration.ts";
import { numberAbove, wholeNumber } from "../terminal/parse.ts";

/** Of a training in several processes. */
export const ranksFlags = [
  {
    flags: "-w, --workers <n>",
    text: "processes on this machine that share each batch, at most one per core; for several machines start it by torchrun",
    default: "1",
    parse: wholeNumber("workers", 1, 1024),
  },
  {
    flags: "--time-limit <seconds>",
    text: "how long one of several processes waits for another before all stop",
    default: "600",
    parse: numberAbove("time-limit"),
  },
] as const satisfies readonly CommandOption[];
