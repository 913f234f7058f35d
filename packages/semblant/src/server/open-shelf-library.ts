import { type Library, type OpenLibraryOptions, openLibrary } from "@semblant/photos";
import { AtATime, fileOf, LibraryThumbnails, libraryStamp } from "@semblant/photos/internals";
import { FacesThread } from "./faces-thread.ts";
import { stillThere } from "./still-there.ts";

/** A library that is served, with what it is served by. */
export interface OpenedLibrary {
  /** @throws DataError if its file was taken away since */
  readonly library: Library;
  readonly thumbnails: LibraryThumbnails;
  readonly thread: FacesThread;
  /** Whole photos that are decoded at a time. */
  readonly decoding: AtATime;
  /** Pictures that are looked at at a time: their reader takes one. */
  readonly looking: AtATime;
  /** The path of a photo by its id. */
  pathOf(photo: number): string | undefined;
  /** Another text whenever photos, faces, corrections or the model changed, whoever changed them. */
  stamp(): string;
  close(): Promise<void>;
}

/** Where a library is, a file or a server's address, and what it is read with. */
export type ServedLibrary = Pick<OpenLibraryOptions, "file" | "model" | "smallest" | "reader">;

/** Opens a folder's library to be served; where it may not be written it is only read. */
export async function openServed(folder: string, options: ServedLibrary): Promise<OpenedLibrary> {
  const library = await openLibrary(folder, { ...options, readonly: "auto" });
  const onServer = fileOf(library).kind !== "sqlite";
  const refuseMoved = onServer ? () => {} : stillThere(library.path);
  const thumbnails = new LibraryThumbnails(library);
  // What a library on a server is called has no password, which an address may have.
  const thread = new FacesThread({ root: library.root, file: (onServer ? options.file : undefined) ?? library.path, onServer });
  return {
    get library() {
      refuseMoved();
      return library;
    },
    thumbnails,
    thread,
    decoding: new AtATime(2),
    looking: new AtATime(1),
    pathOf: (photo) => fileOf(library).prepare("SELECT path FROM photos WHERE id = ?").pluck().get(photo) as string | undefined,
    stamp() {
      refuseMoved();
      return libraryStamp(library);
    },
    async close() {
      await thread.close();
      thumbnails.close();
      if (fileOf(library).open) library.close();
    },
  };
}
