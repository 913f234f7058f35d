import type { ProcessGroup } from "@semblant/torch";

/** How often each group was told something. */
const told = new WeakMap<ProcessGroup, number>();

/**
 * Tells all ranks a text; what comes back is that of each, in their order. Every rank tells the same things in the same order.
 *
 * @param what a name for it; it may be told again and again
 */
export function tellAll(group: ProcessGroup, what: string, text: string): string[] {
  const number = (told.get(group) ?? 0) + 1;
  told.set(group, number);
  return group.exchange(`${number} ${what}`, text);
}

/** What rank 0 says, on every rank. */
export function saidByRank0(group: ProcessGroup, what: string, say: () => string): string {
  return tellAll(group, what, group.rank === 0 ? say() : "")[0] as string;
}
