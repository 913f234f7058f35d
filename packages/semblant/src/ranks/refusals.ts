import { OptionError } from "@semblant/core";

/** What was typed: the command, and how many processes of this machine. */
interface Typed {
  readonly command: "train" | "subdivide";
  readonly workers: number | undefined;
}

/**
 * Refuses processes that a launcher started, and each of which would start its own.
 *
 * @param size how many processes the launcher says there are
 * @throws OptionError that says both
 */
export function refuseTwoStarts({ command, workers }: Typed, size: number): void {
  if (workers === undefined || (workers === 1 && size === 1)) return;
  throw new OptionError(
    `${command}: expected either a launcher or --workers, but got both: WORLD_SIZE is ${size}, and --workers ${workers}.\n` +
      "  Whoever set WORLD_SIZE starts the processes: leave --workers out.",
  );
}

/**
 * Refuses more processes than there are cores: they would only wait for each other.
 *
 * @throws OptionError that says how many cores there are
 */
export function refuseMoreThanCores({ command, workers }: Typed, cores: number): void {
  if (workers === undefined || workers <= cores) return;
  throw new OptionError(
    `${command}: expected --workers to be at most ${cores}, the cores of this machine, but got ${workers}.\n` +
      "  More processes would only wait for each other. Other machines can help: see docs/how-to/train-on-several-machines.md.",
  );
}
