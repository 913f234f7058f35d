import { native } from "../binding.ts";
import type { ProcessGroup } from "./process-group.ts";

/** What a group's ranks have handed each other since this one joined. */
export interface Communication {
  /** Seconds that this rank waited for the others. */
  readonly seconds: number;
  /** Bytes that it handed to be summed, gathered or broadcast. */
  readonly bytes: number;
  /** How often. */
  readonly times: number;
}

/**
 * How much a rank has handed to the others so far, and how long it waited for them.
 *
 * @example
 * const group = joinProcessGroup({ rank: 0, size: 1, address: "127.0.0.1", port: 29874 });
 * group.allReduce([ones([2])]);
 * communicationOf(group).bytes; // 8
 * group.close();
 */
export function communicationOf(group: ProcessGroup): Communication {
  const [seconds, bytes, times] = native().groupSpent(group.handle);
  return { seconds, bytes, times };
}
