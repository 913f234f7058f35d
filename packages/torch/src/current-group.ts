import type { GroupHandle } from "./native.ts";

/** What layers need of the group that they compute in. */
export interface CurrentGroup {
  readonly handle: GroupHandle;
}

let current: CurrentGroup | null = null;

/** The group that batch norm takes its statistics over, or null. */
export const currentGroup = (): CurrentGroup | null => current;

/** Runs `work` with a group as the current one. */
export function withCurrentGroup<T>(group: CurrentGroup, work: () => T): T {
  const before = current;
  current = group;
  try {
    return work();
  } finally {
    current = before;
  }
}
