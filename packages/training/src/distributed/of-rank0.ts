import type { ProcessGroup } from "@semblant/torch";
import { everyRank } from "./every-rank.ts";
import { saidByRank0, tellAll } from "./tell.ts";

/** Whether this process works on the disk: rank 0, and a process without a group. */
export const isFirst = (group: ProcessGroup | undefined): boolean => group === undefined || group.rank === 0;

/**
 * Work that rank 0 alone does, such as reading and writing the run's folder; without a group it is the work.
 *
 * @returns what came of it, as JSON can hold it, on every rank
 * @throws what the work throws; on the other ranks an error that says why rank 0 failed
 */
export function ofRank0<T>(group: ProcessGroup | undefined, what: string, work: () => T): T {
  const value = onRank0(group, what, work);
  if (group === undefined) return value as T;
  const told = saidByRank0(group, what, () => JSON.stringify({ value }));
  return (group.rank === 0 ? value : (JSON.parse(told) as { value: T }).value) as T;
}

/** {@link ofRank0} for what others cannot have, such as an open file: it is undefined there. */
export function onRank0<T>(group: ProcessGroup | undefined, what: string, work: () => T): T | undefined {
  return everyRank(group, what, () => (isFirst(group) ? work() : undefined));
}

/** Whether it is so on any rank. */
export function onAnyRank(group: ProcessGroup | undefined, what: string, own: boolean): boolean {
  return group === undefined ? own : tellAll(group, what, own ? "yes" : "no").includes("yes");
}
