import type { JobStart } from "@semblant/api";
import type { Library } from "@semblant/photos";
import { claimIndexing, fileOf } from "@semblant/photos/internals";
import type { JobWork } from "./jobs.ts";

/**
 * Brings a library up to date, as a job. Stopped, it keeps what was read.
 *
 * @param changed told after each photo that came into the library
 * @throws DataError if another process indexes, or the library may only be read
 */
export function indexJob(library: Library, start: Extract<JobStart, { kind: "index" }>, changed: () => void): JobWork {
  if (fileOf(library).kind === "sqlite") claimIndexing(library.path).release(); // on a server several may index
  const { kind: _kind, ...options } = start;
  return async ({ signal, progress }) => {
    progress({ done: 0, text: "looking for photos" });
    const steps = library.index({ ...options, signal });
    for (;;) {
      const step = await steps.next();
      if (step.done) {
        changed();
        return step.value;
      }
      const { done, total, path, secondsLeft } = step.value;
      progress({ done, total, text: path, secondsLeft });
      changed();
    }
  };
}
