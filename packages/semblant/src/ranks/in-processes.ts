import type { RankPlace } from "@semblant/lab/internals";
import { loadLab } from "../lab/load-lab.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { asRank, refuseOtherNumber } from "./as-rank.ts";
import { startRanks } from "./start-ranks.ts";

/** How a command that trains is to be started. */
interface Asked {
  /** Its name, which goes on with what it made. */
  readonly command: "train" | "subdivide";
  /** How many processes of this machine. */
  readonly workers: number | undefined;
}

/**
 * Does a command's work in this process, alone or as the rank that torchrun's variables make it; or starts the processes that do it.
 *
 * @returns the exit status
 */
export async function inProcesses(
  { command, workers }: Asked,
  terminal: Terminal,
  work: (terminal: Terminal, place?: RankPlace) => Promise<number>,
): Promise<number> {
  const launched = process.env.WORLD_SIZE !== undefined;
  if (!launched && workers !== undefined && workers > 1) return startRanks(workers, terminal, command); // which needs no libtorch
  const { rankFromEnvironment } = await loadLab();
  const place = rankFromEnvironment(process.env);
  if (launched) refuseOtherNumber(workers, place);
  return place === undefined ? work(terminal) : asRank(place, terminal, (own) => work(own, place));
}
