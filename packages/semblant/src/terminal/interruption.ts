/**
 * Aborts at the first Ctrl-C (or SIGTERM); the second ends the process as it would have without this, and so does the first where there is
 * nothing to be saved yet.
 */
export interface Interruption {
  readonly signal: AbortSignal;
  /** From here on there is something to be saved. */
  begun(): void;
  /** Leaves the signals as they were. */
  release(): void;
}

/**
 * @param announce says that the work stops
 * @param unbegun says that it stopped before there was anything to be saved; where it is left out there always is
 */
export function listenForInterruption(announce: () => void, unbegun?: () => void): Interruption {
  const controller = new AbortController();
  let begun = unbegun === undefined;
  const stop = (signal: NodeJS.Signals) => {
    release();
    if (begun) {
      announce();
      controller.abort();
      return;
    }
    unbegun?.();
    process.kill(process.pid, signal); // not by leaving in order, which would wait for a decoder that hangs
  };
  const release = () => {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return {
    signal: controller.signal,
    begun: () => {
      begun = true;
    },
    release,
  };
}
