import { DataError, EngineError, OptionError, ShapeError } from "@semblant/core";
import type { ProcessGroup } from "@semblant/torch";
import { tellAll } from "./tell.ts";

const classes = [OptionError, ShapeError, DataError, EngineError];

/** What a rank says of its work: nothing where it went well. */
interface Outcome {
  readonly name?: string;
  readonly message?: string;
}

/**
 * Does the same work on every rank, and goes on only if all could do it. A rank that fails says why to the others, so that none waits
 * for one that is gone. Without a group it is the work alone.
 *
 * @param what a name for the work, the same on every rank
 * @throws what the work throws; on a rank whose own work went well, an error of the same class that names the first rank that failed
 */
export function everyRank<T>(group: ProcessGroup | undefined, what: string, work: () => T): T {
  if (group === undefined) return work();
  const own = outcomeOf(work);
  try {
    const said = tellAll(group, what, JSON.stringify(own.outcome)).map((text) => JSON.parse(text) as Outcome);
    if ("failure" in own) throw own.failure;
    said.forEach(({ name, message }, rank) => {
      if (message === undefined) return;
      const kind = classes.find((known) => known.name === name) ?? EngineError;
      throw new kind(`train: rank ${rank} stopped before the first step.\n  ${message.split("\n", 1)[0]}`);
    });
  } catch (error) {
    throw "failure" in own ? own.failure : error; // the others may be gone by now; that says less
  }
  return own.value;
}

function outcomeOf<T>(
  work: () => T,
): { readonly outcome: Outcome; readonly value: T } | { readonly outcome: Outcome; readonly failure: unknown } {
  try {
    return { outcome: {}, value: work() };
  } catch (failure) {
    const { name, message } = failure instanceof Error ? failure : new Error(String(failure));
    return { outcome: { name, message }, failure };
  }
}
