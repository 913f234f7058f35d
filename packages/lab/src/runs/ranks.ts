import { EngineError, OptionError } from "@semblant/core";
import { engine, joinProcessGroup, type ProcessGroup, type RankPlace, tidy } from "@semblant/torch";
import type { Run } from "@semblant/training";
import { everyRank, resolveDevice, saidByRank0 } from "@semblant/training/internals";

/** Joins the other ranks, with a GPU for each where there are GPUs. Waits until all are there. */
export function joinRanks({ localRank: _gpu, ...place }: RankPlace, timeLimit: number | undefined): ProcessGroup {
  return joinProcessGroup({ ...place, ...(timeLimit !== undefined && { timeLimit }) });
}

/**
 * Where a rank computes: of a machine's GPUs that of its number.
 *
 * @throws OptionError where the machine has fewer GPUs than ranks
 */
export function deviceOfRank(asked: string, { rank, localRank }: Pick<RankPlace, "rank" | "localRank">): string {
  const device = resolveDevice(/^cuda/.test(asked) ? "cuda" : asked);
  if (device === "cpu") return device;
  const { gpus, devices } = engine();
  const own = `cuda:${localRank}`;
  if (devices.includes(own)) return own;
  throw new OptionError(
    `train: expected a GPU for rank ${rank}, which is number ${localRank} on its machine, but it has ${gpus.length}.\n` +
      `  Start at most ${gpus.length} ranks there, or train with --device cpu.`,
  );
}

/** {@link everyRank} of work that is waited for. */
export async function everyRankWaits<T>(group: ProcessGroup | undefined, what: string, work: () => Promise<T>): Promise<T> {
  if (group === undefined) return work();
  const done = await work().then(
    (value) => () => value,
    (error: unknown) => () => {
      throw error;
    },
  );
  return everyRank(group, what, done);
}

/** What rank 0 works out, on every rank. It is told as JSON. */
export function ofRank0<T>(group: ProcessGroup | undefined, what: string, work: () => T): T {
  if (group === undefined) return work();
  const own = everyRank(group, what, () => (group.rank === 0 ? work() : undefined));
  const told = saidByRank0(group, what, () => JSON.stringify(own));
  return group.rank === 0 ? (own as T) : (JSON.parse(told) as T);
}

/** Whether this process writes the run: alone, or as rank 0. */
export const writes = (group: ProcessGroup | undefined): boolean => group === undefined || group.rank === 0;

/**
 * Of a training that ended because another rank did: how it goes on.
 */
export function withWayOnOfRanks(run: Run, error: unknown): unknown {
  if (!(error instanceof EngineError)) return error;
  const after = tidy(() => run.last()?.state.step);
  const where = after === undefined ? "begins anew, since no checkpoint was saved" : `goes on after step ${after}`;
  const first = error.message.split("\n", 1)[0];
  return new EngineError(`${first}\n  With any number of workers this ${where}: semblant train --resume ${run.dir}`, { cause: error });
}
