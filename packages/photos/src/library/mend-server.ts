import { dropFact, noteChanged, noteMended } from "./facts.ts";
import { readIfWhole } from "./library-model.ts";
import { markAll } from "./marks.ts";
import type { Mended } from "./mended.ts";
import type { LibraryFile } from "./open-file.ts";
import { unsoundFaces } from "./unsound-faces.ts";
import { remakeVectors } from "./vector-table.ts";

/**
 * Mends a library on a server, whose rows are the server's to keep whole: faces that no reader writes so are dropped, their photos are
 * read again by the next index, and search's table is made anew.
 */
export function mendOnServer(file: LibraryFile): Mended {
  const dimensions = readIfWhole(file)?.dimensions;
  const unsound = dimensions === undefined ? [] : unsoundFaces(file, dimensions);
  file
    .transaction(() => {
      const drop = file.prepare("DELETE FROM faces WHERE id = ?");
      for (const { id } of unsound) drop.run(id);
      if (unsound.length > 0) markAll(file);
      dropFact(file, "approximate");
      file.exec(
        `DELETE FROM corrections WHERE path IS NULL AND NOT EXISTS (SELECT 1 FROM targets t WHERE t.correction = corrections.id);
         UPDATE photos SET current = 0 WHERE faces <> (SELECT count(*) FROM faces f WHERE f.photo = photos.id)`,
      );
      noteMended(file);
      noteChanged(file);
    })
    .immediate();
  if (dimensions !== undefined) remakeVectors(file, dimensions);
  const photos = file.prepare("SELECT count(*) FROM photos WHERE current = 0").pluck().get() as number;
  return { mended: [], reread: unsound.map(({ id, path, part }) => `face ${id} of ${path} (${part})`), lost: [], photos };
}
