import { availableParallelism } from "node:os";
import type { SetModel } from "@semblant/answers";
import type { ModelCard } from "@semblant/faces";
import { readerInProcess, shippedReader } from "../reading/reader-process.ts";
import { type PhotoReader, photoRead, readerHere } from "../reading/readers.ts";
import type { LibraryReader, PhotoReading } from "../reading/reading.ts";
import { type ReadingLimits, readingLimits } from "../reading/reading-limits.ts";
import { openByModule, type ReaderModule } from "../reading/reading-process.ts";
import { otherModel, sameModel } from "./library-model.ts";

const mostWorkers = 4;

/** What a library was told to read faces with. */
export interface ReaderChoice {
  readonly reader?: (() => Promise<LibraryReader>) | URL;
  readonly model?: string;
  readonly smallest?: number | undefined;
}

/** Readers of a library, each opened when it is first needed: for index, for a photo that is asked about, and for pixels at hand. */
export class LibraryReaders {
  readonly #choice: ReaderChoice;
  #here: Promise<LibraryReader> | undefined;
  #ofPhotos: Promise<PhotoReader> | undefined;

  constructor(choice: ReaderChoice) {
    this.#choice = choice;
  }

  /** The smallest faces that are asked for, in pixels. */
  get smallest(): number | undefined {
    return this.#choice.smallest;
  }

  /** Whether photos are read in this process, by a reader that is at hand. */
  get inThisProcess(): boolean {
    return typeof this.#choice.reader === "function";
  }

  /** How many read photos at a time, unless told otherwise. */
  get usual(): number {
    return this.inThisProcess ? 1 : Math.min(mostWorkers, availableParallelism());
  }

  /**
   * So many readers of photos. Who asks for them closes them.
   *
   * @param settle is told their model; where it throws, they are closed
   */
  async open(
    count: number,
    { signal, ...limits }: ReadingLimits & { readonly signal: AbortSignal | undefined },
    settle: (card: ModelCard) => void,
  ): Promise<readonly PhotoReader[]> {
    const readers = await Promise.all(Array.from({ length: count }, () => this.#newReader(limits)));
    try {
      settle(await unlessAborted((readers[0] as PhotoReader).card(), signal));
      return readers;
    } catch (error) {
      await closeAll(readers);
      throw error;
    }
  }

  /**
   * One in this process, for pixels, whose model is the library's.
   *
   * @throws DataError if it is another
   */
  async of(model: SetModel): Promise<LibraryReader> {
    const opened = await this.here();
    if (!sameModel(model, opened.model.card)) throw otherModel("search", model, opened.model.card);
    return opened;
  }

  /**
   * Reads a photo that is asked about, with the library's model.
   *
   * @throws DataError if the reader's model is another, or the photo cannot be read
   */
  async readPhoto(place: string, model: SetModel): Promise<PhotoReading> {
    const reader = await this.ofPhotos();
    const card = await reader.card();
    if (!sameModel(model, card)) throw otherModel("search", model, card);
    return photoRead(reader, place);
  }

  /** One in this process, for pixels. */
  here(): Promise<LibraryReader> {
    const { reader } = this.#choice;
    this.#here ??= typeof reader === "function" ? reader() : openByModule(this.#module());
    return this.#here;
  }

  /** One for photos that are asked about. */
  ofPhotos(): Promise<PhotoReader> {
    this.#ofPhotos ??= this.inThisProcess ? this.here().then(readerHere) : this.#newReader(readingLimits());
    return this.#ofPhotos;
  }

  close(): void {
    void this.#here?.then(
      (reader) => reader.close(),
      () => {},
    );
    if (!this.inThisProcess) void this.#ofPhotos?.then((reader) => reader.close());
  }

  async #newReader(limits: ReadingLimits): Promise<PhotoReader> {
    const { reader } = this.#choice;
    return typeof reader === "function" ? readerHere(await reader()) : readerInProcess(this.#module(), limits);
  }

  #module(): ReaderModule {
    const { reader, model, smallest } = this.#choice;
    const options = { ...(model !== undefined && { model }), ...(smallest !== undefined && { smallest }) };
    return reader instanceof URL ? { url: reader.href, options } : shippedReader(options);
  }
}

/** Ends readers at once. */
export async function closeAll(readers: readonly PhotoReader[]): Promise<void> {
  await Promise.all(readers.map((reader) => reader.close()));
}

/** What is awaited, or the end of the waiting at once. */
async function unlessAborted<T>(awaited: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return awaited;
  signal.throwIfAborted();
  let stop = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop);
  });
  try {
    return await Promise.race([awaited, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
