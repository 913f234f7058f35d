import { sameFaceOf } from "@semblant/answers/internals";
import type { Box } from "@semblant/faces";
import type { LibraryFile } from "./open-file.ts";

/**
 * Marks the faces of a photo that corrections are about: those of a file with the same bytes whose box is nearest to the one that was
 * corrected. So they find their faces again after another detector, a move, a copy, or a deletion that was taken back.
 */
export function markFaces(file: LibraryFile, photo: number): void {
  const targets = file
    .prepare("SELECT t.id, t.x, t.y, t.width, t.height FROM targets t JOIN photos p ON p.hash = t.hash WHERE p.id = ? AND t.width > 0")
    .all(photo) as (Box & { id: number })[];
  if (targets.length === 0) return;
  const faces = file.prepare("SELECT id, x, y, width, height FROM faces WHERE photo = ?").all(photo) as (Box & { id: number })[];
  const mark = file.prepare("INSERT INTO marks (target, face) VALUES (?, ?) ON CONFLICT (target, face) DO NOTHING");
  const boxes = faces.map(({ id, ...box }) => ({ id, box }));
  for (const target of targets) {
    const face = sameFaceOf(target, boxes);
    if (face !== undefined) mark.run(target.id, face);
  }
}

/** Marks the faces of all photos anew. */
export function markAll(file: LibraryFile): void {
  file.exec("DELETE FROM marks");
  for (const photo of file.prepare("SELECT DISTINCT p.id FROM photos p JOIN targets t ON t.hash = p.hash").pluck().all())
    markFaces(file, photo as number);
}
