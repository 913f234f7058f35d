import { hearingRemarks } from "@semblant/core/internals";
import type { RankPlace } from "@semblant/lab/internals";
import { silenced } from "../terminal/silenced.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { stopWithStarter, tellStarter } from "./rank-process.ts";

/**
 * Works as one rank of several: rank 0 speaks for all, the others say only what went wrong. Whoever started this process hears of that,
 * too, and the work stops when that process is gone.
 */
export async function asRank<T>({ rank }: RankPlace, terminal: Terminal, work: (terminal: Terminal) => Promise<T>): Promise<T> {
  stopWithStarter();
  quietLibtorch();
  try {
    if (rank === 0) return await work(terminal);
    const silent = silenced(terminal);
    return await hearingRemarks(silent, () => work(silent));
  } catch (error) {
    if (error instanceof Error) tellStarter({ error: `${error.name}: ${error.message}` });
    throw error;
  }
}

/** libtorch logs each try to connect. What came of them is said by us. Who wants the log sets these variables, which it reads later. */
function quietLibtorch(): void {
  process.env.GLOG_minloglevel ??= "3";
  process.env.TORCH_CPP_LOG_LEVEL ??= "FATAL";
}
