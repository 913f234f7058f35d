import { readdirSync, readFileSync } from "node:fs";

/** Bytes of a process and of those that it started; what they share counts once. Undefined where the system has no /proc. */
export function residentOf(pid: number | string): number | undefined {
  try {
    const own = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "latin1"))?.[1]) * 1024;
    const threads = readdirSync(`/proc/${pid}/task`);
    const children = threads.flatMap((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, "latin1").split(" ").filter(Boolean));
    return children.reduce((sum, child) => sum + (residentOf(child) ?? 0), own);
  } catch {
    return undefined;
  }
}
