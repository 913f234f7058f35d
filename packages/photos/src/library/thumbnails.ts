import { availableParallelism } from "node:os";
import type { Box } from "@semblant/faces";
import { type CutPhoto, cutPicture } from "../pictures/cut-picture.ts";
import { refuseOther } from "./as-read.ts";
import { AtATime } from "./at-a-time.ts";
import { fileOf, type Library } from "./library.ts";
import { placeOfFace } from "./place-of-face.ts";
import { ThumbnailStore } from "./thumbnail-store.ts";

/** Pixels of a face's square, and of a photo's height and most of its width. */
const faceSide = 160;
const photoHeight = 320;
const photoWidth = 1280;

/** What is shown in small. */
export type ShownSmall = { readonly photo: number } | { readonly face: number };

/** Photos that are decoded at a time: each takes its pixels' memory. */
const mostAtATime = 4;

/**
 * Small pictures of a library's photos and faces as WebP, each cut once and then kept in `thumbnails.sqlite` beside the library. Where
 * the library may only be read, each is cut when it is asked for.
 */
export class LibraryThumbnails {
  readonly #library: Library;
  readonly #store: ThumbnailStore | undefined;
  readonly #inWork = new Map<string, Promise<Uint8Array>>();
  readonly #decoding = new AtATime(Math.min(mostAtATime, availableParallelism()));

  constructor(library: Library) {
    this.#library = library;
    this.#store = library.readonly ? undefined : new ThumbnailStore(library.path);
  }

  /**
   * A face 160 pixels square with what is around it, or a photo 320 pixels high in its own shape.
   *
   * @returns undefined where there is no photo or face of this id
   * @throws DataError if the photo cannot be read any more
   */
  async of(shown: ShownSmall): Promise<Uint8Array | undefined> {
    const found = "face" in shown ? this.#face(shown.face) : this.#photo(shown.photo);
    if (found === undefined) return undefined;
    const { hash, ...photo } = found.photo;
    const { face } = found;
    const cut = face === undefined ? `photo ${photoHeight}` : `face ${faceSide} ${[face.x, face.y, face.width, face.height].join(" ")}`;
    const known = this.#store?.get(hash, cut);
    if (known !== undefined) return known;
    const key = `${hash} ${cut}`;
    const before = this.#inWork.get(key);
    if (before !== undefined) return before;
    const cutting = face === undefined ? { photo, width: photoWidth, height: photoHeight } : { photo, face, width: faceSide };
    const work = this.#decoding.run(async () => {
      await refuseOther(this.#library, photo.id);
      const [webp] = (await cutPicture(this.#library.root, [cutting])) as [Uint8Array];
      if (this.#photo(photo.id)?.photo.hash === hash) this.#store?.put(hash, cut, webp); // it may be forgotten meanwhile
      return webp;
    });
    this.#inWork.set(key, work);
    try {
      return await work;
    } finally {
      this.#inWork.delete(key);
    }
  }

  close(): void {
    this.#store?.close();
  }

  #photo(id: number): { readonly photo: HashedPhoto; readonly face?: Box } | undefined {
    const sql = "SELECT id, path, width, height, hash FROM photos WHERE id = ?";
    const photo = fileOf(this.#library).prepare(sql).get(id) as HashedPhoto | undefined;
    return photo && { photo };
  }

  #face(id: number): { readonly photo: HashedPhoto; readonly face: Box } | undefined {
    const place = placeOfFace(this.#library, id);
    const found = place && this.#photo(place.photo);
    return found && { ...found, face: place.box };
  }
}

type HashedPhoto = CutPhoto & { readonly hash: string };
