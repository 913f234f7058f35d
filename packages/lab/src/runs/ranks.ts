import { EngineError, OptionError } from "@semblant/core";
import { engine, joinProcessGroup, type ProcessGroup, type RankPlace, tidy } from "@semblant/torch";
import type { Run } from "@semblant/training";
import { everyRank, isFirst, refuseOtherVersions, resolveDevice } from "@semblant/training/internals";
import type { Settings } from "@semblant/training/settings";
import { hearWhileBusy } from "../data/hear-while-busy.ts";

/** Which of several processes this one is, how long it waits for others, and where it is asked to compute: without that on its GPU. */
interface AsRank {
  readonly place?: RankPlace;
  readonly timeLimit?: number;
  readonly device?: string;
}

/** Joins the other ranks; waits until all are there. */
function joinRanks({ localRank, ...place }: RankPlace, { timeLimit, device: asked }: AsRank): ProcessGroup {
  const gpu = asked === "cpu" ? undefined : engine().devices.find((device) => device === `cuda:${localRank}`);
  const group = joinProcessGroup({ ...place, ...(gpu !== undefined && { device: gpu }), ...(timeLimit !== undefined && { timeLimit }) });
  refuseOtherVersions(group); // others may speak otherwise
  return group;
}

/** Works as one of several processes, or alone; the others hear why a rank stops before them. */
export async function inRanks<T>(asked: AsRank, work: (group: ProcessGroup | undefined) => Promise<T>): Promise<T> {
  const { place } = asked;
  if (place === undefined) return work(undefined);
  await hearWhileBusy();
  const group = joinRanks(place, asked);
  try {
    const done = await work(group);
    group.close();
    return done;
  } catch (error) {
    group.close({ because: (error as Error).message.split("\n", 1)[0] ?? "" }); // the others hear at once, and why
    throw error;
  }
}

/**
 * Where a rank computes: of a machine's GPUs that of its number.
 *
 * @throws OptionError where the machine has fewer GPUs than ranks
 */
export function deviceOfRank(asked: string, { rank, localRank }: Pick<RankPlace, "rank" | "localRank">): string {
  const device = resolveDevice(asked.startsWith("cuda") ? "cuda" : asked);
  if (device === "cpu") return device;
  const { gpus, devices } = engine();
  const own = `cuda:${localRank}`;
  if (devices.includes(own)) return own;
  throw new OptionError(
    `train: expected a GPU for rank ${rank}, which is number ${localRank} on its machine, but it has ${gpus.length}.\n` +
      `  Start at most ${gpus.length} ranks there, or train with --device cpu.`,
  );
}

/** What a rank builds its network from: weights to start from are rank 0's alone, which tells them to the others. */
export function toBuild(group: ProcessGroup | undefined, settings: Settings): Settings {
  return isFirst(group) ? settings : { ...settings, network: { ...settings.network, weights: null } };
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

/** Of a training that ended because another rank did: how it goes on. */
export function withWayOnOfRanks(run: Run, error: unknown): unknown {
  if (!(error instanceof EngineError)) return error;
  const after = tidy(() => run.last()?.state.step);
  const where = after === undefined ? "begins anew, since no checkpoint was saved" : `goes on after step ${after}`;
  return new EngineError(`${error.message}\n  With any number of workers this ${where}: semblant train --resume ${run.dir}`, {
    cause: error,
  });
}
