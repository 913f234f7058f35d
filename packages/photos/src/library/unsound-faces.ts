import type { LibraryFile } from "./open-file.ts";
import { unsoundPart } from "./sound-face.ts";

/** Faces whose values no reader writes so, and which. */
export function unsoundFaces(
  file: LibraryFile,
  dimensions: number,
): { readonly id: number; readonly path: string; readonly part: string }[] {
  const rows = file.prepare("SELECT f.*, p.path FROM faces f LEFT JOIN photos p ON p.id = f.photo ORDER BY f.id").iterate();
  const found: { id: number; path: string; part: string }[] = [];
  for (const row of rows as IterableIterator<Parameters<typeof unsoundPart>[0] & { id: number; path: string | null }>) {
    const part = unsoundPart(row, dimensions);
    if (part !== undefined) found.push({ id: row.id, path: row.path ?? "a photo that is not there", part });
  }
  return found;
}
