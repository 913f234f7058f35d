import { type FaceFilter, shownPhoto } from "./face-filter.ts";
import type { LibraryFile } from "./open-file.ts";

/** Paths of the photos in which no face was found; none where a filter asks for more of faces than their folder, since these have none. */
export function facelessPhotos(file: LibraryFile, filter: FaceFilter = {}): string[] {
  if (Object.keys(filter).some((name) => name !== "folder")) return [];
  const folder = (filter.folder ?? "").replace(/^\.\/|\/+$/g, "");
  const paths = file
    .prepare(`SELECT p.path FROM photos p WHERE p.current = 1 AND p.faces = 0 AND ${shownPhoto} ORDER BY p.path`)
    .pluck()
    .all() as string[];
  return folder === "" || folder === "." ? paths : paths.filter((path) => path.startsWith(`${folder}/`));
}
