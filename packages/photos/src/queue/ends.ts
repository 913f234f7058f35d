/**
 * Promises taken up in the order in which they end. Unlike `Promise.race` over and over, it keeps nothing of those that were taken, so
 * that memory stays flat however long the work.
 *
 * @example
 * const ends = new Ends();
 * ends.await(Promise.resolve("a"));
 * await ends.next(); // "a"
 */
export class Ends<T> {
  readonly #ended: ({ readonly value: T } | { readonly error: unknown })[] = [];
  readonly #signal: AbortSignal | undefined;
  #wake = (): void => {};

  /** @param signal what ends the waiting at once */
  constructor(signal?: AbortSignal) {
    this.#signal = signal;
    signal?.addEventListener("abort", this.#stop);
  }

  /** Adds one to those that are awaited. */
  await(promise: Promise<T>): void {
    const end = (ended: { readonly value: T } | { readonly error: unknown }) => {
      this.#ended.push(ended);
      this.#wake();
    };
    promise.then(
      (value) => end({ value }),
      (error) => end({ error }),
    );
  }

  /**
   * The next that ended.
   *
   * @throws what it was rejected with, or the signal's reason
   */
  async next(): Promise<T> {
    for (;;) {
      this.#signal?.throwIfAborted();
      const ended = this.#ended.shift();
      if (ended !== undefined && "error" in ended) throw ended.error;
      if (ended !== undefined) return ended.value;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Stops listening to the signal. */
  release(): void {
    this.#signal?.removeEventListener("abort", this.#stop);
  }

  readonly #stop = (): void => this.#wake();
}
