import { readFileSync } from "node:fs";

/** Longest wait on a machine that is busy with other things, as a multiple of what is allowed on a free one. */
const most = 8;

/**
 * Calls `ring` once a process has had `seconds` and is not done. A machine that is busy with other things gives a process less than its
 * time: as long as it has worked for less than half of `seconds` it is waited for, up to {@link most} times as long.
 *
 * @returns what switches the alarm off
 */
export function alarmAfter(pid: number | undefined, seconds: number, ring: () => void): () => void {
  const began = performance.now();
  const before = pid === undefined ? undefined : workedFor(pid);
  let timer = setTimeout(look, 1000 * seconds);
  function look() {
    const waited = (performance.now() - began) / 1000;
    const worked = pid === undefined ? undefined : workedFor(pid);
    const starved = worked !== undefined && before !== undefined && worked - before > 0.05 * waited && worked - before < 0.5 * seconds;
    if (starved && waited < most * seconds) timer = setTimeout(look, 1000);
    else ring();
  }
  return () => clearTimeout(timer);
}

/** Seconds of processor that a process has had, by what Linux says; undefined elsewhere. */
function workedFor(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "latin1")
      .replace(/^.*\) /, "")
      .split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return undefined;
  }
}
