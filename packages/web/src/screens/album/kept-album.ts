/** What a person wants of the album; it is kept with the library. */
export interface KeptAlbum {
  readonly size: number;
  readonly withoutFaces: boolean;
  /** Ids of photos that are in, whatever they add. */
  readonly pinned: readonly number[];
  /** Ids of photos that are out. */
  readonly excluded: readonly number[];
}

/** The album with a photo pinned, or no longer. What is pinned is not excluded. */
export function pin(album: KeptAlbum, photo: number): KeptAlbum {
  const isPinned = album.pinned.includes(photo);
  const pinned = isPinned ? album.pinned.filter((one) => one !== photo) : [...album.pinned, photo];
  const size = Math.max(album.size, pinned.length);
  return { ...album, size, pinned, excluded: album.excluded.filter((one) => one !== photo) };
}

/** The album with a photo excluded, or taken back in. What is excluded is not pinned. */
export function exclude(album: KeptAlbum, photo: number): KeptAlbum {
  const isOut = album.excluded.includes(photo);
  const excluded = isOut ? album.excluded.filter((one) => one !== photo) : [...album.excluded, photo];
  return { ...album, excluded, pinned: album.pinned.filter((one) => one !== photo) };
}

/** What POST /api/album takes; photos that are no longer there are left out. */
export function albumBody({ size, withoutFaces, pinned, excluded }: KeptAlbum, there: ReadonlySet<number>) {
  const keep = pinned.filter((id) => there.has(id));
  const exclude = excluded.filter((id) => there.has(id));
  return { size, ...(withoutFaces && { withoutFaces }), ...(keep.length > 0 && { keep }), ...(exclude.length > 0 && { exclude }) };
}
