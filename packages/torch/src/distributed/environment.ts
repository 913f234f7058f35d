import { OptionError } from "@semblant/core";
import { show, wholeIn } from "@semblant/core/internals";

/** One process among those that train together: what a launcher told it. */
export interface RankPlace {
  /** The number of this process: 0 to `size` - 1. Rank 0 writes, and says how far the training is. */
  readonly rank: number;
  /** How many processes there are. */
  readonly size: number;
  /** Host and port at which all meet. */
  readonly address: string;
  readonly port: number;
  /** The number of this process among those of its machine: its GPU. */
  readonly localRank: number;
  /** Where torchrun itself listens there: what the names in its store begin with, so that a restart meets nothing of the try before. */
  readonly launcherStore?: string;
}

/**
 * What torchrun's variables say of this process: RANK, WORLD_SIZE, MASTER_ADDR, MASTER_PORT and LOCAL_RANK. Any launcher may set them.
 *
 * @param env the environment to read
 * @returns undefined where WORLD_SIZE is 1, or missing as RANK is: then this process trains alone
 * @throws OptionError for variables that are missing or make no sense
 *
 * @example
 * rankFromEnvironment({ WORLD_SIZE: "1" }); // undefined
 * rankFromEnvironment({ WORLD_SIZE: "4", RANK: "2", MASTER_ADDR: "node-a", MASTER_PORT: "29500" })?.rank; // 2
 */
export function rankFromEnvironment(env: Readonly<Record<string, string | undefined>> = process.env): RankPlace | undefined {
  if (env.WORLD_SIZE === undefined && env.RANK === undefined) return undefined; // MASTER_ADDR alone may be another program's
  const size = whole(env, "WORLD_SIZE", [1, 65_536]);
  if (size === 1) return undefined;
  const rank = whole(env, "RANK", [0, size - 1]);
  const address = env.MASTER_ADDR ?? "";
  if (address === "") throw refusal("MASTER_ADDR", "the host of rank 0", env.MASTER_ADDR);
  const port = whole(env, "MASTER_PORT", [1, 65_535]);
  const localRank = env.LOCAL_RANK === undefined ? 0 : whole(env, "LOCAL_RANK", [0, size - 1]);
  const ofLauncher = env.TORCHELASTIC_USE_AGENT_STORE === "True";
  const launcherStore = `/worker/attempt_${env.TORCHELASTIC_RESTART_COUNT ?? 0}`;
  return { rank, size, address, port, localRank, ...(ofLauncher && { launcherStore }) };
}

function whole(env: Readonly<Record<string, string | undefined>>, name: string, [least, most]: readonly [number, number]): number {
  const value = wholeIn(env[name] ?? "");
  if (value !== undefined && value >= least && value <= most) return value;
  throw refusal(name, `a whole number from ${least} to ${most}`, env[name]);
}

function refusal(name: string, expected: string, got: string | undefined): OptionError {
  return new OptionError(
    `environment: expected ${name} to be ${expected}, but got ${show(got)}.\n` +
      "  torchrun sets it; for other launchers see docs/how-to/train-on-several-machines.md.",
  );
}
