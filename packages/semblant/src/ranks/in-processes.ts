import { availableParallelism } from "node:os";
import type { RankPlace } from "@semblant/lab/internals";
import { loadLab } from "../lab/load-lab.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { asRank } from "./as-rank.ts";
import { hasStarter } from "./rank-process.ts";
import { refuseMoreThanCores, refuseTwoStarts } from "./refusals.ts";
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
  asked: Asked,
  terminal: Terminal,
  work: (terminal: Terminal, place?: RankPlace) => Promise<number>,
): Promise<number> {
  const { command, workers } = asked;
  const launched = process.env.WORLD_SIZE !== undefined || process.env.RANK !== undefined;
  if (!launched && workers !== undefined && workers > 1) {
    refuseMoreThanCores(asked, availableParallelism());
    return startRanks(workers, terminal, command); // which needs no libtorch
  }
  const { rankFromEnvironment } = await loadLab();
  const place = rankFromEnvironment(process.env);
  if (launched && !hasStarter()) refuseTwoStarts(asked, place?.size ?? 1); // WORLD_SIZE is there, and may be 1
  return place === undefined ? work(terminal) : asRank(place, terminal, (own) => work(own, place));
}
