import { totalmem } from "node:os";
import { invalidOption } from "@semblant/core/internals";

/** What one photo may take before the process that reads it is ended. */
export interface ReadingLimits {
  /** Seconds. */
  readonly seconds: number;
  /** MiB of memory, of the whole process. */
  readonly memory: number;
}

/** A group photo takes a second or two on a slow processor, the largest that is read some ten. */
const seconds = 60;
/** The largest picture that is unpacked has 512 MiB, its file as many, and the networks 200. */
const memory = 1536;

/** The limits asked for; of memory no more than half of what the machine (or container) has. */
export function readingLimits(asked: Partial<ReadingLimits> = {}): ReadingLimits {
  const within = process.constrainedMemory();
  const machine = (within > 0 && within < totalmem() ? within : totalmem()) / 2 ** 20;
  return { seconds: asked.seconds ?? seconds, memory: asked.memory ?? Math.max(256, Math.min(memory, Math.floor(machine / 2))) };
}

/** @throws OptionError if a limit is out of range */
export function checkReadingLimits(where: string, { seconds, memory }: { readonly seconds?: number; readonly memory?: number }): void {
  if (seconds !== undefined && !(seconds > 0 && seconds <= 86_400)) {
    throw invalidOption(where, "photoSeconds", "a number above 0, at most 86,400", seconds);
  }
  if (memory !== undefined && !(memory >= 256)) throw invalidOption(where, "photoMemory", "a number of MiB from 256", memory);
}
