/** Aborts at the first Ctrl-C (or SIGTERM); the second ends the process as it would have without this. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Leaves the signals as they were. */
  release(): void;
}

export function listenForInterruption(announce: () => void): Interruption {
  const controller = new AbortController();
  const stop = () => {
    release();
    announce();
    controller.abort();
  };
  const release = () => {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return { signal: controller.signal, release };
}
