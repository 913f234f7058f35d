import type { z } from "@hono/zod-openapi";
import type { AnswersOfFaces } from "@semblant/answers";
import type { Given } from "../http/resource.ts";
import type { LibraryNow } from "../kept/library-now.ts";
import type { albumAsked } from "../schemas/album.ts";

/** Asks for an album with pinned and excluded photos by their ids. */
export async function askAlbum(
  now: LibraryNow,
  asked: Given<z.output<typeof albumAsked>>,
  signal: AbortSignal,
): Promise<AnswersOfFaces["album"]> {
  const { filter = {}, keep, exclude = [], ...options } = asked;
  const paths = keep && (await Promise.all(keep.map(async (id) => (await now.photo(id)).path)));
  const without = [...(filter.without ?? []), ...exclude];
  return now.shelf.ask(
    { question: "album", options: { ...options, ...(paths && { keep: paths }) } },
    { ...filter, ...(without.length > 0 && { without }) },
    signal,
  );
}
