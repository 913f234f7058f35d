import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type JobStart, shelfError } from "@semblant/api";
import { DataError } from "@semblant/core";
import { forgetAdapted } from "@semblant/photos";
import { answerByModel } from "@semblant/photos/internals";
import type { JobWork } from "./jobs.ts";
import type { OpenedLibrary } from "./open-shelf-library.ts";

/** Adapts a library's model to the faces that were corrected, as a job. What comes of it is put aside until it is kept or not. */
export class AdaptJobs {
  readonly #opened: () => OpenedLibrary;
  #folder: Promise<string> | undefined;
  /** Files of adapted models, by what their jobs returned. */
  readonly #files = new WeakMap<object, string>();
  #made = 0;

  constructor(opened: () => OpenedLibrary) {
    this.#opened = opened;
  }

  work(start: Extract<JobStart, { kind: "adapt" }>): JobWork {
    const { newClasses, only } = start;
    return async (told) => {
      this.#folder ??= mkdtemp(join(tmpdir(), "semblant-adapt-"));
      const out = join(await this.#folder, `${++this.#made}.json`);
      const task = { out, ...(newClasses && { newClasses }), ...(only !== undefined && { only }) };
      const progress = (text: string) => {
        const [, done, total] = /(\d+)\/(\d+)/.exec(text) ?? [];
        told.progress({ done: Number(done ?? 0), ...(total !== undefined && { total: Number(total) }), text });
      };
      const { file, ...result } = (await this.#opened().thread.adapt(task, { signal: told.signal, progress })) as {
        readonly file?: string;
      };
      if (file !== undefined) this.#files.set(result, file);
      return result;
    };
  }

  /** Lets the library answer by what a job came to. */
  async keep(result: unknown): Promise<void> {
    const file = typeof result === "object" && result !== null ? this.#files.get(result) : undefined;
    if (file === undefined) throw new DataError("adapt: expected a job that ended with a better model, but it did not.");
    await answerByModel(this.#opened().library, file);
  }

  /** Lets it answer by its model as that was trained. */
  async drop(): Promise<void> {
    const { library } = this.#opened();
    try {
      await forgetAdapted(library);
    } catch (error) {
      if (!/expected a library that was adapted/.test((error as Error).message)) throw error;
      throw shelfError("missing", (error as Error).message);
    }
  }

  async close(): Promise<void> {
    if (this.#folder !== undefined) await rm(await this.#folder, { recursive: true, force: true });
  }
}
