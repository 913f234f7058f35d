import { type Columns, rowsOf } from "./row-chunks.ts";
import type { Answered, ServerThread } from "./server-thread.ts";

/**
 * The rows of an answer that comes page by page: while one is looked at, the next is on its way, and the server holds the rest back.
 * Whoever asks something else meanwhile has the rest read into memory first: a connection answers one question at a time.
 */
export class ServerPages {
  readonly #thread: ServerThread;
  readonly #noted: (error: unknown) => void;
  readonly #ready: unknown[][][] = [];
  #columns: Columns;
  #more: boolean;
  #failed: { readonly error: unknown } | undefined;

  /**
   * @param first the answer's first page
   * @param noted hears of an error on the way
   */
  constructor(thread: ServerThread, first: Answered, noted: (error: unknown) => void) {
    this.#thread = thread;
    this.#noted = noted;
    this.#columns = first.done.columns ?? { names: [], kinds: [] };
    this.#more = first.done.more;
    this.#keep(first);
    if (!this.#more) return;
    thread.send({ kind: "next" });
    thread.held = this;
  }

  get columns(): Columns {
    return this.#columns;
  }

  /** @throws ServerFailure */
  *rows(): Generator<unknown[]> {
    try {
      for (;;) {
        for (let chunk = this.#ready.shift(); chunk !== undefined; chunk = this.#ready.shift()) yield* chunk;
        if (this.#failed !== undefined) throw this.#failed.error;
        if (!this.#more) return;
        this.#take();
        if (this.#more) this.#thread.send({ kind: "next" });
      }
    } finally {
      this.#leave();
    }
  }

  readAhead(): void {
    while (this.#more) {
      this.#take();
      if (this.#more) this.#thread.send({ kind: "next" });
    }
  }

  #leave(): void {
    if (!this.#more) return;
    this.#take();
    this.#thread.held = undefined;
    if (!this.#more) return;
    this.#more = false;
    try {
      this.#thread.ask({ kind: "leave" });
    } catch (error) {
      this.#noted(error);
    }
  }

  /** Takes the page that was asked for. */
  #take(): void {
    try {
      const page = this.#thread.taken();
      this.#more = page.done.more;
      this.#keep(page);
    } catch (error) {
      this.#more = false;
      this.#failed = { error };
      this.#noted(error);
    }
    if (!this.#more) this.#thread.held = undefined;
  }

  #keep({ chunks }: Answered): void {
    for (const { chunk, columns } of chunks) {
      this.#columns = columns;
      this.#ready.push(rowsOf(chunk, columns));
    }
  }
}
