import { useDocument } from "../../client/documents.ts";
import type { KeptAlbum } from "./kept-album.ts";

const asUsual: KeptAlbum = { size: 12, withoutFaces: false, pinned: [], excluded: [] };

/** What is kept of the album, and how it is changed. */
export function useKeptAlbum() {
  const { value, isPending, error, keep } = useDocument<KeptAlbum>("album");
  return { album: { ...asUsual, ...value }, isPending, error, keep };
}
