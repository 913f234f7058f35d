import { availableParallelism } from "node:os";
import { commandLine } from "../terminal/command-line.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { endsOf } from "./ends-of.ts";
import { freePort } from "./free-port.ts";
import { type RankProcess, startRank } from "./rank-process.ts";
import { causeOf, statusOf } from "./verdict.ts";

/**
 * Starts the command of this process as so many ranks on this machine, and waits until all have ended. Rank 0 speaks for all.
 * Where one fails the others stop as well.
 *
 * @param command what goes on with what it left
 * @returns the exit status: rank 0's, where it says one
 */
export async function startRanks(size: number, terminal: Terminal, command: "train" | "subdivide" = "train"): Promise<number> {
  const port = String(await freePort());
  const threads = String(threadsOfEach(size, availableParallelism()));
  const ranks = Array.from({ length: size }, (_, rank) =>
    startRank(rank, {
      RANK: String(rank),
      LOCAL_RANK: String(rank),
      WORLD_SIZE: String(size),
      MASTER_ADDR: "127.0.0.1",
      MASTER_PORT: port,
      OMP_NUM_THREADS: process.env.OMP_NUM_THREADS ?? threads,
    }),
  );
  const signals = passSignalsOn(ranks);
  try {
    const ends = await endsOf(ranks, signals.heard);
    const cause = signals.heard() ? undefined : causeOf(ends);
    if (cause !== undefined) terminal.complain(cause);
    const { status, resumes } = statusOf(ends, signals.heard());
    if (resumes !== undefined) {
      terminal.complain(`  To go on: ${commandLine(["semblant", command, "--resume", resumes, "--workers", String(size)])}`);
    }
    return status;
  } finally {
    signals.release();
  }
}

/**
 * The threads of each of so many processes: all together no more than there are cores, where that can be.
 *
 * @example
 * threadsOfEach(2, 16); // 8
 * threadsOfEach(4, 2); // 1
 */
export function threadsOfEach(processes: number, cores: number): number {
  return Math.max(1, Math.floor(cores / processes));
}

/** Ctrl-C and SIGTERM reach all ranks, which stop after their step; the second time they end at once. */
function passSignalsOn(ranks: readonly RankProcess[]): { heard(): boolean; release(): void } {
  let heard = false;
  const pass = (signal: NodeJS.Signals) => {
    for (const { kill } of ranks) kill(heard ? "SIGKILL" : signal);
    heard = true;
  };
  process.on("SIGINT", pass).on("SIGTERM", pass);
  return { heard: () => heard, release: () => void process.off("SIGINT", pass).off("SIGTERM", pass) };
}
