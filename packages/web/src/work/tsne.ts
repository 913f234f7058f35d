import * as Comlink from "comlink";
import type { PartMap, TsneChoice, TsneProgress } from "./tsne-session.ts";
import type { TsneWork } from "./tsne-worker.ts";

export type { TsneChoice, TsneProgress } from "./tsne-session.ts";

/** t-SNE in a worker of its own: can be watched, paused, gone on with and ended. */
export class Tsne {
  readonly #worker = new Worker(new URL("./tsne-worker.ts", import.meta.url), { type: "module" });
  readonly #work = Comlink.wrap<TsneWork>(this.#worker);
  #isClosed = false;

  /**
   * Makes a map, and answers with its last step; {@link tsneSteps} says what of.
   *
   * @param values (rows, columns); handed over: the page has them no longer
   */
  run(
    values: Float32Array<ArrayBuffer>,
    columns: number,
    choice: TsneChoice,
    report: (progress: TsneProgress) => void,
  ): Promise<TsneProgress> {
    const heard = (progress: TsneProgress) => {
      if (!this.#isClosed) report(progress);
    };
    return this.#answered(this.#work.run(Comlink.transfer(values, [values.buffer]), columns, choice, Comlink.proxy(heard)));
  }

  /** Holds still after this step, and reports it. */
  pause(): void {
    void this.#work.pause();
  }

  resume(): void {
    void this.#work.resume();
  }

  /** All rows on a map that stays as it is; see {@link PartMap}. */
  place(map: PartMap, values: Float32Array<ArrayBuffer>, columns: number): Promise<Float32Array> {
    return this.#answered(this.#work.place(map, Comlink.transfer(values, [values.buffer]), columns));
  }

  /** Ends at once, wherever it is. */
  close(): void {
    this.#isClosed = true;
    this.#worker.terminate();
  }

  /** A worker whose code cannot be loaded answers nothing: its error is the answer. */
  #answered<Answer>(answer: Promise<Answer>): Promise<Answer> {
    const broken = new Promise<never>((_, reject) => {
      this.#worker.addEventListener("error", ({ message }) => reject(new Error(message || "The map's worker could not be started.")), {
        once: true,
      });
    });
    return Promise.race([answer, broken]);
  }
}
