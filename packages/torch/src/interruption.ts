import { native } from "./binding.ts";

/** Signals that are heard whatever JavaScript does, from {@link watchInterruption}. */
export interface WatchedInterruption {
  /** From here on there is something to be saved: the first signal only asks to stop. */
  begun(): void;
  /** The signals are Node's again. */
  release(): void;
}

/** What is said, and what a second signal does. */
export interface InterruptionWords {
  /** Said before there is anything to be saved. */
  readonly unbegun: string;
  /** Said afterwards. */
  readonly begun: string;
  /** Whether signals after the first are passed over: launchers send one that the terminal has sent already. */
  readonly patient?: boolean;
}

/**
 * Hears Ctrl-C (SIGINT) and SIGTERM while JavaScript is busy: Node tells its listeners only when its event loop turns, which a long call
 * into libtorch holds up.
 *
 * Until `begun` is called a signal says its words and ends the process at once, with the status that a shell gives it: 130 for Ctrl-C,
 * 143 for SIGTERM. Afterwards the first one says its words and is handed to the listeners of `process`, and the second one ends the
 * process. Listeners are to be added before.
 *
 * @param words as they are to be written to the standard error, and whether a second signal is minded
 * @throws EngineError if libtorch's binding cannot be loaded
 *
 * @example
 * const watched = watchInterruption({ unbegun: "Stopped.\n", begun: "Stopping after this step ...\n" });
 * watched.begun();
 * watched.release();
 */
export function watchInterruption({ unbegun, begun, patient = false }: InterruptionWords): WatchedInterruption {
  const { watchInterruption, interruptionBegun, unwatchInterruption } = native();
  watchInterruption(unbegun, begun, patient);
  return { begun: interruptionBegun, release: unwatchInterruption };
}
