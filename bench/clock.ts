/** What a side of a comparison says of a piece of work: time by the clock, time of the processor, memory at most. */
import type { Took } from "./interleave.ts";

export async function timed(work: () => void | Promise<void>): Promise<Took> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { seconds, processor: (user + system) / 1e6, peakMiB: process.resourceUsage().maxRSS / 1024 };
}
