import { readFileSync } from "node:fs";

/** Which start of this machine it is; nothing where the system does not say (only Linux does). */
export function bootOf(): { readonly boot?: string } {
  const boot = read("/proc/sys/kernel/random/boot_id")?.trim();
  return boot === undefined ? {} : { boot };
}

/**
 * Whether a process began after a moment, in milliseconds since 1970: then it is not the one that had its number at that moment. False
 * where the system does not say.
 */
export function startedAfter(pid: number, moment: number): boolean {
  const ticks = Number(
    read(`/proc/${pid}/stat`)
      ?.replace(/^.*\) /s, "")
      .split(" ")[19],
  );
  const boot = Number(/^btime (\d+)$/m.exec(read("/proc/stat") ?? "")?.[1]);
  const second = 1000;
  return (boot + ticks / ticksPerSecond) * second > moment + 2 * second; // both clocks count whole seconds, or nearly
}

/** As Linux gives them to programs, whatever the kernel's own clock. */
const ticksPerSecond = 100;

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
