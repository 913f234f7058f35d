import { newToken } from "./token.ts";

/** Milliseconds that a browser has to open. */
const lasting = 120_000;

/**
 * Secrets that let in once, and soon: for addresses that others could see, as the arguments of a program are seen by everybody on this
 * machine. Who comes second gets nothing.
 */
export class Tickets {
  readonly #now: () => number;
  readonly #until = new Map<string, number>();

  /** @param now milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  issue(): string {
    const ticket = newToken();
    this.#until.set(ticket, this.#now() + lasting);
    return ticket;
  }

  /** Whether it lets in; it does not a second time. */
  take(ticket: string): boolean {
    const until = this.#until.get(ticket);
    this.#until.delete(ticket);
    return until !== undefined && this.#now() <= until;
  }
}
