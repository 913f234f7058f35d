import { OptionError } from "@semblant/core";
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

/**
 * Refuses a number of processes beside torchrun's variables that say another.
 *
 * @throws OptionError that says both
 */
export function refuseOtherNumber(workers: number | undefined, place: RankPlace | undefined): void {
  const size = place?.size ?? 1; // WORLD_SIZE is there, and may be 1
  if (workers === undefined || workers === size) return;
  throw new OptionError(
    `train: expected --workers to be WORLD_SIZE, ${size}, but got ${workers}.\n` +
      "  Whoever set WORLD_SIZE starts the processes: leave --workers out.",
  );
}
