import { readdirSync } from "node:fs";
import type { Random } from "@semblant/core";
import { pause, type start } from "../command.ts";
import { orphans } from "../orphans.ts";
import type { Stock } from "../stock.ts";
import type { Ended } from "../verdict.ts";

export interface KillContext {
  readonly stock: Stock;
  /** An empty folder for this case. */
  readonly folder: string;
  readonly random: Random;
  /** Under which its processes are started, so that none is left unseen. */
  readonly label: string;
}

/** Something that is ended in the middle, and what must be true afterwards. */
export interface KillJob {
  readonly name: string;
  readonly parts: readonly (keyof Stock)[];
  /** What is wrong afterwards, or undefined. */
  tryOnce(context: KillContext): Promise<string | undefined>;
}

/**
 * Ends a running command after a while of `usual` milliseconds, what it takes when left alone; says how it ended and how long the end
 * took, and how many of its processes outlived it.
 */
export async function endAfter(
  running: ReturnType<typeof start>,
  { signal, usual, random, label }: { signal: NodeJS.Signals; usual: number; random: Random; label: string },
): Promise<{ ended: Ended; reached: boolean; seconds: number; left: number }> {
  const moment = random.uniform(0, usual);
  await Promise.race([pause(moment), running.ended]);
  const reached = running.child.exitCode === null && running.child.signalCode === null;
  const began = performance.now();
  if (reached) running.child.kill(signal);
  const ended = await running.ended;
  return { ended, reached, seconds: (performance.now() - began) / 1000, left: await orphans(label) };
}

const durations = new Map<string, number>();

/** What a command takes here when it is left alone, in milliseconds: at first a guess, then as it was last. */
export const usually = (command: string, guess: number): number => durations.get(command) ?? guess;

/** Keeps what a command took that came to its end undisturbed. */
export function tookUndisturbed(command: string, { seconds }: Ended): void {
  durations.set(command, 1000 * seconds);
}

/** Names of temporary files in a folder, of which none may be left by a command that came to its end. */
export function temporaryFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => {
    const name = path.split("/").at(-1) as string;
    return /\.tmp$|^\..*\.[0-9a-f]{8,}$|-journal$|\.partial$/.test(name);
  });
}
