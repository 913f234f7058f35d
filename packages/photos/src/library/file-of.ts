import type { LibraryFile } from "./open-file.ts";

/** An open `Library`, by what this needs of it. */
interface Opened {
  readonly root: string;
  readonly path: string;
}

const files = new WeakMap<Opened, LibraryFile>();

/** An open library's file or server, for what else is kept in it. */
export const fileOf = (library: Opened): LibraryFile => files.get(library) as LibraryFile;

/** Says whose it is. */
export function noteFileOf(library: Opened, file: LibraryFile): void {
  files.set(library, file);
}
