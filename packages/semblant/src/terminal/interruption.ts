/**
 * Aborts at the first Ctrl-C (or SIGTERM); the second ends the process as it would have without this, and so does the first where there is
 * nothing to be saved yet.
 */
export interface Interruption {
  readonly signal: AbortSignal;
  /**
   * From here on signals are heard though JavaScript is busy, as in reading, building and a step: a listener of the process is told only
   * when the event loop turns.
   */
  hearWhileBusy(watch: Watch): void;
  /** From here on there is something to be saved. */
  begun(): void;
  /** Leaves the signals as they were. */
  release(): void;
}

/** What hears signals while JavaScript is busy: `watchInterruption` of `@semblant/torch`, told what to write to the standard error. */
type Watch = (words: Words) => { begun(): void; release(): void };

interface Words {
  readonly unbegun: string;
  readonly begun: string;
  /** Whether signals after the first are passed over: who starts several ranks sends one that the terminal has sent already. */
  readonly patient?: boolean;
}

/**
 * @param announce says that the work stops
 * @param unbegun says that it stopped before there was anything to be saved; where it is left out there always is
 * @param words the same, as they are written where JavaScript is too busy to say them; and whether a second signal ends nothing
 */
export function listenForInterruption(announce: () => void, unbegun?: () => void, words: Words = { unbegun: "", begun: "" }): Interruption {
  const controller = new AbortController();
  let begun = unbegun === undefined;
  let watched: ReturnType<Watch> | undefined;
  const stop = (signal: NodeJS.Signals) => {
    const said = watched !== undefined || controller.signal.aborted;
    if (!begun || words.patient !== true) release();
    if (begun) {
      if (!said) announce();
      controller.abort();
      return;
    }
    unbegun?.();
    process.kill(process.pid, signal); // not by leaving in order, which would wait for a decoder that hangs
  };
  const release = () => {
    watched?.release();
    watched = undefined;
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return {
    signal: controller.signal,
    hearWhileBusy: (watch) => {
      watched ??= watch(words);
      if (begun) watched.begun();
    },
    begun: () => {
      begun = true;
      watched?.begun();
    },
    release,
  };
}
