import { isServerGone } from "@semblant/photos/internals";

/**
 * Keeps whoever serves from waiting again and again for a database server that went away: once it is found to be gone, everything is
 * refused at once, until it is back. That is waited for while everything else goes on.
 */
export class ServerAway {
  readonly #untilBack: (signal: AbortSignal) => Promise<void>;
  readonly #back: () => void;
  readonly #closing = new AbortController();
  #why: unknown;

  /**
   * @param untilBack ends when the server is back
   * @param back is told when it is
   */
  constructor(untilBack: (signal: AbortSignal) => Promise<void>, back: () => void) {
    this.#untilBack = untilBack;
    this.#back = back;
  }

  /** @throws why the server is away, if it is */
  refuse(): void {
    if (this.#why !== undefined) throw this.#why;
  }

  /** Asks the server, unless it is away. */
  asking<T>(work: () => T): T {
    this.refuse();
    try {
      return work();
    } catch (error) {
      if (isServerGone(error) && this.#why === undefined) void this.#wait(error);
      throw error;
    }
  }

  close(): void {
    this.#closing.abort();
  }

  async #wait(why: unknown): Promise<void> {
    this.#why = why;
    try {
      await this.#untilBack(this.#closing.signal);
    } catch {
      // it is back and lets nobody in, or the library was closed: who asks next is told
    }
    this.#why = undefined;
    if (!this.#closing.signal.aborted) this.#back();
  }
}
