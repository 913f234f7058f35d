import type { PhotoRecord } from "@semblant/answers";
import type { LibraryAbout, PhotoList } from "../shelf/library.ts";
import type { Shelf } from "../shelf/shelf.ts";
import { shelfError } from "../shelf/shelf-error.ts";

/** The photos of a revision. */
export interface PhotosNow {
  readonly revision: number;
  readonly list: PhotoList;
  readonly byId: ReadonlyMap<number, PhotoRecord>;
}

/** What routes ask of a shelf again and again, kept until its revision changes. */
export class LibraryNow {
  readonly shelf: Shelf;
  #photos: PhotosNow | undefined;
  readonly #texts = new Map<string, { readonly revision: number; readonly text: string }>();

  constructor(shelf: Shelf) {
    this.shelf = shelf;
    shelf.watch((event) => {
      if (event.type === "revision" && event.revision !== this.#photos?.revision) this.#photos = undefined;
    });
  }

  /** Every photo, as of now. */
  async photos(): Promise<PhotosNow> {
    const { revision } = await this.shelf.about();
    if (this.#photos?.revision === revision) return this.#photos;
    const list = await this.shelf.photos();
    this.#photos = { revision, list, byId: new Map(list.photos.map((photo) => [photo.id, photo])) };
    return this.#photos;
  }

  /**
   * A photo by its id; from what is known where it is.
   *
   * @throws DataError if there is none (missing)
   */
  async photo(id: number): Promise<PhotoRecord> {
    const found = this.#photos?.byId.get(id) ?? (await this.photos()).byId.get(id);
    if (found !== undefined) return found;
    throw shelfError("missing", `photos: expected the id of a photo, but ${id} is none.`);
  }

  /** A text that is made once per revision. */
  async text(name: string, { revision }: LibraryAbout, make: () => Promise<string>): Promise<string> {
    const kept = this.#texts.get(name);
    if (kept?.revision === revision) return kept.text;
    const text = await make();
    this.#texts.set(name, { revision, text });
    return text;
  }
}

/** The content of a photo in few characters: its address with them may be kept for ever. */
export function versionOf({ hash }: Pick<PhotoRecord, "hash">): string {
  return hash.slice(0, 12);
}
