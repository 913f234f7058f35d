import { OptionError } from "@semblant/core";
import { invalidOption, refuseUnknown } from "@semblant/core/internals";
import { checkReadingLimits, type ReadingLimits, readingLimits } from "../reading/reading-limits.ts";

/** How a library is brought up to date. */
export interface IndexOptions {
  /**
   * Patterns of paths to leave out, such as `*.tmp`, `2019/raw` (those of the index before, at first none); the library remembers them,
   * and `[]` ends that. One that leaves nothing out is refused.
   */
  readonly exclude?: readonly string[];
  /** Photos in work at a time, each by a reader of its own in its own process (one per processor, at most 4). */
  readonly workers?: number;
  /** Seconds that one photo may take (60): a process that is still at it then is ended, and the others go on. */
  readonly photoSeconds?: number;
  /** MiB of memory that a process may take for one photo (1,536, or half of what there is). */
  readonly photoMemory?: number;
  /** Reads photos again that could not be read, though they have not changed (false). */
  readonly retry?: boolean;
  /** Where the reader's model is another than the library's: reads every photo again with it, keeping the corrections (false). */
  readonly replaceModel?: boolean;
  /** Of a server's library: takes the folder for its own though most of its photos are gone, or others have their names (false). */
  readonly sameFolder?: boolean;
  /** Follows links that lead out of the folder (false); else they are named, and what was known behind them stays. */
  readonly followLinks?: boolean;
  /**
   * Only reads photos that others list in the queue of a server's library, and ends when none is left (false). Any number of processes
   * may do so, on any machine that has the same photos and the same model.
   */
  readonly asWorker?: boolean;
  /** Refuses to index a server's library that others are indexing, as a file's always does, instead of helping them (false). */
  readonly unlessBusy?: boolean;
  /** A worker stays where nothing is left to read (false). */
  readonly wait?: boolean;
  /** Stops; what was read is kept. */
  readonly signal?: AbortSignal;
}

/** The names of {@link IndexOptions}. */
export const indexOptions = [
  "exclude",
  "workers",
  "photoSeconds",
  "photoMemory",
  "retry",
  "replaceModel",
  "sameFolder",
  "followLinks",
  "asWorker",
  "unlessBusy",
  "wait",
  "signal",
] as const satisfies readonly (keyof IndexOptions)[];

/** What one photo may take. */
export function limitsOf({ photoSeconds, photoMemory }: Pick<IndexOptions, "photoSeconds" | "photoMemory">): ReadingLimits {
  return readingLimits({
    ...(photoSeconds !== undefined && { seconds: photoSeconds }),
    ...(photoMemory !== undefined && { memory: photoMemory }),
  });
}

/** @throws OptionError if an option is unknown or out of range */
export function checkIndexOptions(options: IndexOptions): void {
  refuseUnknown("index", options, indexOptions);
  const { workers, photoSeconds, photoMemory, followLinks = false, sameFolder = false } = options;
  checkReadingLimits("index", {
    ...(photoSeconds !== undefined && { seconds: photoSeconds }),
    ...(photoMemory !== undefined && { memory: photoMemory }),
  });
  if (typeof followLinks !== "boolean") throw invalidOption("index", "followLinks", "true or false", followLinks);
  if (typeof sameFolder !== "boolean") throw invalidOption("index", "sameFolder", "true or false", sameFolder);
  refuseForWorker(options);
  if (workers === undefined || (Number.isInteger(workers) && workers >= 1 && workers <= 64)) return;
  throw invalidOption("index", "workers", "a whole number from 1 to 64", workers);
}

/** What only one who looks through the folder can do. */
function refuseForWorker({ asWorker = false, wait = false, ...options }: IndexOptions): void {
  if (typeof asWorker !== "boolean") throw invalidOption("index", "asWorker", "true or false", asWorker);
  if (typeof wait !== "boolean") throw invalidOption("index", "wait", "true or false", wait);
  if (wait && !asWorker) throw new OptionError("index: expected wait of a worker alone: an index ends when all is read.");
  for (const name of ["exclude", "retry", "replaceModel", "sameFolder", "followLinks"] as const) {
    if (!asWorker || options[name] === undefined || options[name] === false) continue;
    throw new OptionError(
      `index: expected no ${name} for a worker, which looks through no folder.\n  Give it to the index that fills the queue.`,
    );
  }
}
