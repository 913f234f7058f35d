import { readdirSync, readFileSync } from "node:fs";
import { mark, pause } from "./command.ts";

/** Ids of living processes that were started under a label, by what Linux says of them; none elsewhere. */
export function marked(label: string): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((id) => {
      try {
        return (
          readFileSync(`/proc/${id}/environ`, "latin1").split("\0").includes(`${mark}=${label}`) &&
          !/^State:\s+Z/m.test(readFileSync(`/proc/${id}/status`, "latin1"))
        );
      } catch {
        return false; // gone meanwhile, or another's
      }
    })
    .map(Number);
}

/** Waits until nothing of a label lives; what still does after `seconds` is ended and counted. */
export async function orphans(label: string, seconds = 5): Promise<number> {
  for (const end = Date.now() + 1000 * seconds; Date.now() < end; await pause(50)) if (marked(label).length === 0) return 0;
  const left = marked(label);
  for (const id of left) process.kill(id, "SIGKILL");
  return left.length;
}
