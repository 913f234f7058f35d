import { remark } from "@semblant/core/internals";
import type { Database } from "../database/database.ts";
import type { PostgresDatabase } from "../database/postgres.ts";
import { isServerGone } from "../database/server-failures.ts";

/** Milliseconds that a server is waited for where what is to be done may be left undone. */
const atMost = 1000;

/** Asks a library, and asks again as long as its server is away. The waiting does not hold up the program: Ctrl-C ends it. */
export class Patience {
  readonly #database: Database;
  readonly #signal: AbortSignal | undefined;
  #waiting = false;

  constructor(database: Database, signal: AbortSignal | undefined) {
    this.#database = database;
    this.#signal = signal;
  }

  /** Whether the server is waited for: nothing may be asked meanwhile. */
  get waiting(): boolean {
    return this.#waiting;
  }

  /**
   * Asks something that happens as a whole or not at all.
   *
   * @throws the signal's reason, and what was thrown for another cause
   */
  async ask<T>(work: () => T | Promise<T>): Promise<T> {
    for (;;) {
      this.#signal?.throwIfAborted();
      try {
        return await work();
      } catch (error) {
        if (!isServerGone(error)) throw error;
      }
      remark(`index: ${this.#database.name} does not answer. It is asked again until it does; Ctrl-C ends that.`);
      await this.#untilBack(this.#signal);
    }
  }

  /** Does something that may be left undone where the server is away: what it would take back goes with the line. */
  async unlessAway(work: () => void): Promise<void> {
    try {
      await this.#untilBack(AbortSignal.timeout(atMost));
      work();
    } catch (error) {
      if (!isServerGone(error) && (error as { code?: unknown }).code !== "ABORT_ERR") throw error;
    }
  }

  async #untilBack(signal: AbortSignal | undefined): Promise<void> {
    if (!("untilBack" in this.#database)) return; // a file is never away
    this.#waiting = true;
    try {
      await (this.#database as Database & Pick<PostgresDatabase, "untilBack">).untilBack(signal);
    } finally {
      this.#waiting = false;
    }
  }
}
