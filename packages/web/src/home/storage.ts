import { type StorageAbout, shelfError } from "@semblant/api";
import { show } from "@semblant/core/internals";
import type { BrowserLibrary } from "./keeping/browser-library.ts";
import type { Change } from "./keeping/rows.ts";
import { without } from "./photo-changes.ts";

/** How much room the photos take, and how much is left. */
export async function storageOf(library: BrowserLibrary): Promise<StorageAbout> {
  const files = [...library.rows("files").values()];
  const copies = files.filter(({ handle }) => handle === undefined);
  const { quota, usage } = await (globalThis.navigator?.storage?.estimate?.() ?? Promise.resolve<StorageEstimate>({}));
  const left = quota !== undefined && usage !== undefined ? Math.max(0, quota - usage) : undefined;
  return {
    kept: library.store.kept,
    bytes: copies.reduce((sum, { bytes }) => sum + bytes, 0),
    copies: copies.length,
    elsewhere: files.length - copies.length,
    ...(left !== undefined && { left }),
  };
}

/**
 * Takes away a photo: its copy, its faces, and what people said of them. Another file with the same bytes keeps all of that.
 *
 * @throws DataError (missing) if there is none of this id
 */
export async function forgetPhoto(library: BrowserLibrary, id: number): Promise<void> {
  let unused: string | undefined;
  await library.change(() => {
    const photo = library.rows("photos").get(id);
    if (photo === undefined) throw shelfError("missing", `photos: expected the id of a photo, but ${show(id)} is none.`);
    const { path, hash } = photo;
    const others = [...library.rows("files").values()].some((file) => file.hash === hash && file.path !== path);
    const said = [...library.rows("corrections").values()].filter(({ targets }) => targets.some((target) => target.hash === hash));
    if (!others) unused = hash;
    return [
      ...without(library, path),
      { table: "files", drop: path },
      ...(others ? [] : said.map((correction): Change => ({ table: "corrections", drop: correction.id }))),
    ];
  });
  if (unused !== undefined) await library.store.pictures.drop(unused);
}
