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
  /** Follows links that lead out of the folder (false); else they are named, and what was known behind them stays. */
  readonly followLinks?: boolean;
  /** Stops; what was read is kept. */
  readonly signal?: AbortSignal;
}

/** What one photo may take. */
export function limitsOf({ photoSeconds, photoMemory }: Pick<IndexOptions, "photoSeconds" | "photoMemory">): ReadingLimits {
  return readingLimits({
    ...(photoSeconds !== undefined && { seconds: photoSeconds }),
    ...(photoMemory !== undefined && { memory: photoMemory }),
  });
}

/** @throws OptionError if an option is unknown or out of range */
export function checkIndexOptions(options: IndexOptions): void {
  refuseUnknown("index", options, ["exclude", "workers", "photoSeconds", "photoMemory", "retry", "replaceModel", "followLinks", "signal"]);
  const { workers, photoSeconds, photoMemory, followLinks = false } = options;
  checkReadingLimits("index", {
    ...(photoSeconds !== undefined && { seconds: photoSeconds }),
    ...(photoMemory !== undefined && { memory: photoMemory }),
  });
  if (typeof followLinks !== "boolean") throw invalidOption("index", "followLinks", "true or false", followLinks);
  if (workers === undefined || (Number.isInteger(workers) && workers >= 1 && workers <= 64)) return;
  throw invalidOption("index", "workers", "a whole number from 1 to 64", workers);
}
