import { type Library, type OpenLibraryOptions, openLibrary } from "@semblant/photos";
import { AtATime, fileOf, LibraryThumbnails, libraryStamp, untilBack } from "@semblant/photos/internals";
import { FacesThread } from "./faces-thread.ts";
import { ServerAway } from "./server-away.ts";
import { stillThere } from "./still-there.ts";

/** A library that is served, with what it is served by. */
export interface OpenedLibrary {
  /** @throws DataError if its file was taken away since, or its server is away */
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
  /** Tells when a server that was away is back. */
  onBack(listener: () => void): void;
  close(): Promise<void>;
}

/** Where a library is, a file or a server's address, and what it is read with. */
export type ServedLibrary = Pick<OpenLibraryOptions, "file" | "model" | "smallest" | "reader">;

/** Milliseconds in which everything stands still for a server that is not there: enough to connect anew. */
const patience = 500;

/** Opens a folder's library to be served; where it may not be written it is only read. */
export async function openServed(folder: string, options: ServedLibrary): Promise<OpenedLibrary> {
  const library = await openLibrary(folder, { ...options, readonly: "auto", patience });
  const database = fileOf(library);
  const onServer = database.kind !== "sqlite";
  const refuseMoved = onServer ? () => {} : stillThere(library.path);
  let back = () => {};
  const away = new ServerAway(
    (signal) => untilBack(database, signal),
    () => back(),
  );
  const thumbnails = new LibraryThumbnails(library);
  // What a library on a server is called has no password, which an address may have.
  const thread = new FacesThread({ root: library.root, file: (onServer ? options.file : undefined) ?? library.path, onServer });
  return {
    get library() {
      refuseMoved();
      away.refuse();
      return library;
    },
    thumbnails,
    thread,
    decoding: new AtATime(2),
    looking: new AtATime(1),
    pathOf: (photo) => database.prepare("SELECT path FROM photos WHERE id = ?").pluck().get(photo) as string | undefined,
    stamp() {
      refuseMoved();
      return away.asking(() => libraryStamp(library));
    },
    onBack(listener) {
      back = listener;
    },
    async close() {
      away.close();
      await thread.close();
      thumbnails.close();
      if (database.open) library.close();
    },
  };
}
