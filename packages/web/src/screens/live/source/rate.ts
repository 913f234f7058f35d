/** Milliseconds that the rate is a mean of. */
const span = 2000;

/** How many pictures are read in a second, over the last two. */
export class Rate {
  #times: number[] = [];

  /** Notes that one was read. Returns the rate, or undefined while it is not known. */
  note(now: number): number | undefined {
    this.#times = [...this.#times.filter((time) => now - time <= span), now];
    const first = this.#times[0] as number;
    return this.#times.length < 3 ? undefined : ((this.#times.length - 1) * 1000) / (now - first);
  }

  clear(): void {
    this.#times = [];
  }
}
