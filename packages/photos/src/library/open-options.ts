import type { SetModel } from "@semblant/answers";
import type { LibraryReader } from "../reading/reading.ts";
import type { Named } from "./named-model.ts";
import type { LibraryFile } from "./open-file.ts";

export interface OpenLibraryOptions {
  /** The library's file (`.semblant/library.sqlite` in the folder), or a server's address: `postgres://me@host/database?schema=name`. */
  readonly file?: string;
  /**
   * What reads faces (the model that ships): the address of a module whose `openReader` opens one in each process that reads photos, or
   * a function that opens a reader for this process, which a photo that hangs or swells then holds up.
   */
  readonly reader?: (() => Promise<LibraryReader>) | URL;
  /** Another model for the reader: a path, or "small". */
  readonly model?: string;
  /**
   * The smallest faces that are looked for, in pixels of the photo (as before; at first 10, more in large photos). The library remembers
   * it, and the next index reads photos again that were looked at less closely.
   */
  readonly smallest?: number;
  /** Only reads; nothing is written, not even where the library is missing (false). `auto` writes where it may, and else only reads. */
  readonly readonly?: boolean | "auto";
  /** Milliseconds that everything waits for a server that went away, before what is asked of it fails (10,000). */
  readonly patience?: number;
}

/** What an opened library is made of. */
export interface LibraryParts {
  readonly file: LibraryFile;
  readonly path: string;
  readonly root: string;
  readonly vectors: boolean;
  readonly options: OpenLibraryOptions;
  /** The model, where the card that is kept of it is damaged. */
  readonly rescued: SetModel | undefined;
  readonly named: Named;
}
