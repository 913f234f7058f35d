import { EngineError } from "@semblant/core";
import type { Request } from "./server-messages.ts";
import { type Answered, ServerFailure, type ServerThread } from "./server-thread.ts";

/** How a transaction sees others: see `Transaction`. */
export type Isolation = "reading" | "immediate" | "concurrent";

/** What is asked in a transaction or without: rows, or a script. */
export type Question =
  | Omit<Extract<Request, { kind: "rows" }>, "before" | "connection" | "patience">
  | { readonly kind: "script"; readonly sql: string };

const beginnings: Readonly<Record<Isolation, string>> = {
  reading: "BEGIN ISOLATION LEVEL REPEATABLE READ",
  immediate: "BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT pg_current_xact_id()::text AS number",
  concurrent: "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_current_xact_id()::text AS number",
};

/** How often a transaction runs at most, and milliseconds between. */
const most = 100;
const longest = 100;

/** Another transaction came in between, or made a table another: it is run again. */
const again = ["40001", "40P01", "OLD_TEXT"];

const afterFailure =
  "library: expected a transaction without a failed statement, but one failed in it, and a server keeps nothing then.\n" +
  "  What may fail stands in a transaction of its own.";

interface Attempt {
  readonly isolation: Isolation;
  readonly readonly: boolean;
  begun: boolean;
  wrote: boolean;
  connection?: number;
  transaction?: string;
  depth: number;
  /** Why it must run again, whatever became of the error that said so. */
  broken?: ServerFailure;
}

/**
 * Transactions on a server that are functions: one in which another came in between, or whose connection was lost, runs again from its
 * start. It is begun with its first question, so that one that asks nothing costs nothing.
 */
export class ServerTransactions {
  readonly #thread: ServerThread;
  readonly #readonly: boolean;
  /** Milliseconds that a server which went away is waited for. */
  readonly #patience: number;
  #attempt: Attempt | undefined;

  constructor(thread: ServerThread, { readonly, patience }: { readonly readonly: boolean; readonly patience: number }) {
    this.#thread = thread;
    this.#readonly = readonly;
    this.#patience = patience;
  }

  get inside(): boolean {
    return this.#attempt !== undefined;
  }

  /**
   * Asks in the transaction that runs; without one, a question that only reads is asked alone, and again where the connection was lost,
   * and one that writes is a transaction of its own.
   *
   * @throws ServerFailure
   */
  ask(question: Question, reads: boolean): Answered {
    if (this.#attempt !== undefined) return this.#inside(this.#attempt, question, reads);
    if (!reads) return this.run("concurrent", () => this.ask(question, false));
    for (let tries = 1; ; tries++) {
      try {
        return this.#thread.ask({ ...question, patience: this.#patience });
      } catch (error) {
        if (!isAgain(error) || tries === 3) throw error;
      }
    }
  }

  /** @throws what the work throws; ServerFailure */
  run<Result>(isolation: Isolation, work: () => Result): Result {
    if (this.#attempt !== undefined) return this.#nested(this.#attempt, work);
    for (let tries = 1; ; tries++) {
      const attempt: Attempt = { isolation, readonly: this.#readonly, begun: false, wrote: false, depth: 0 };
      this.#attempt = attempt;
      try {
        const result = work();
        if (attempt.broken !== undefined) throw attempt.broken;
        if (this.#commit(attempt)) return result;
      } catch (error) {
        this.#rollback(attempt);
        if (attempt.broken === undefined || tries === most) throw attempt.broken ?? error;
      } finally {
        this.#attempt = undefined;
      }
      // others that came in between have another number, and so wait for another time
      if (tries > 1) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.min(longest, tries * (1 + (process.pid % 7))));
    }
  }

  /** Whatever becomes of this error: where it says so, the transaction that runs must run again. */
  note(error: unknown): void {
    if (this.#attempt !== undefined && isAgain(error)) this.#attempt.broken = error as ServerFailure;
  }

  #inside(attempt: Attempt, question: Question, reads: boolean): Answered {
    if (attempt.broken !== undefined) throw attempt.broken;
    if (!reads) attempt.wrote = true;
    const start = attempt.begun ? { connection: attempt.connection as number } : { before: beginningOf(attempt) };
    try {
      const answered = this.#thread.ask({ ...question, ...start, patience: this.#patience });
      if (!attempt.begun) {
        attempt.begun = true;
        attempt.connection = answered.done.connection;
        if (answered.done.transaction !== undefined) attempt.transaction = answered.done.transaction;
      }
      return answered;
    } catch (error) {
      const connection = error instanceof ServerFailure ? error.failure.connection : undefined;
      if (!attempt.begun && connection !== undefined) [attempt.begun, attempt.connection] = [true, connection];
      this.note(error);
      throw error;
    }
  }

  #nested<Result>(attempt: Attempt, work: () => Result): Result {
    const name = `s${++attempt.depth}`;
    const script = (sql: string) => this.#inside(attempt, { kind: "script", sql }, true);
    try {
      script(`SAVEPOINT ${name}`);
    } catch (error) {
      attempt.depth--;
      throw error;
    }
    try {
      const result = work();
      script(`RELEASE ${name}`);
      return result;
    } catch (error) {
      if (attempt.broken === undefined) script(`ROLLBACK TO ${name}; RELEASE ${name}`);
      throw error;
    } finally {
      attempt.depth--;
    }
  }

  /** @returns whether it was done; if not, it is to run again */
  #commit(attempt: Attempt): boolean {
    if (!attempt.begun) return true;
    const connection = attempt.connection as number;
    const ask = (sql: string) =>
      this.#thread.ask({ kind: "rows", sql, values: [], limit: 0, page: 0, connection, patience: this.#patience });
    let asked = false;
    try {
      if (attempt.wrote && attempt.transaction === undefined) {
        const known = ask("SELECT pg_current_xact_id_if_assigned()::text").chunks[0]?.chunk.cells[0];
        if (typeof known === "string") attempt.transaction = known;
      }
      asked = true;
      const { said } = this.#thread.ask({ kind: "script", sql: "COMMIT", connection, patience: this.#patience }).done;
      if (said === "ROLLBACK") throw new EngineError(afterFailure);
      return true;
    } catch (error) {
      if (!isAgain(error)) throw error;
      if (!(error as ServerFailure).failure.lost || !asked) return false;
      return attempt.transaction === undefined || this.#wasDone(attempt.transaction);
    }
  }

  /** Whether a transaction was done whose end was not heard. */
  #wasDone(transaction: string): boolean {
    try {
      return this.#thread.ask({ kind: "outcome", transaction, patience: this.#patience }).done.said === "committed";
    } catch (error) {
      if (!(error instanceof ServerFailure) || !error.failure.connecting) throw error;
      throw new ServerFailure({ ...error.failure, code: "OUTCOME_UNKNOWN" });
    }
  }

  #rollback(attempt: Attempt): void {
    if (!attempt.begun || attempt.connection === undefined || attempt.broken?.failure.lost === true) return;
    try {
      this.#thread.ask({ kind: "script", sql: "ROLLBACK", connection: attempt.connection, patience: this.#patience });
    } catch {
      // the connection is gone, and with it the transaction
    }
  }
}

const beginningOf = ({ isolation, readonly }: Attempt): string => (readonly ? beginnings.reading : beginnings[isolation]);

/** Whether asking again may help: the connection was lost, or another came in between; not where connecting itself failed. */
function isAgain(error: unknown): boolean {
  if (!(error instanceof ServerFailure)) return false;
  const { lost, connecting, code } = error.failure;
  return again.includes(code) || (lost && !connecting);
}
