import type { LabeledImages } from "./dataset.ts";
import { subset } from "./subset.ts";

/** The queries of a split, and the images among which they look for their class. */
export interface QueryGallery {
  readonly queries: LabeledImages;
  readonly gallery: LabeledImages;
  /** (queries): the gallery image that each query is, −1 where it is none. */
  readonly itself: Int32Array;
}

/**
 * The queries and the gallery of a split that says which images are which; undefined where none is a query.
 *
 * @example
 * const images = new MemoryImages(Uint8Array.of(1, 2, 3), { width: 1, height: 1, channels: 1 });
 * const all = { images, labels: Int32Array.of(0, 1, 1), classes: ["a", "b"], ids: ["x", "y", "z"], roles: ["gallery", "both", "query"] };
 * const { queries, gallery, itself } = queryGallery(all);
 * queries.ids; // ["y", "z"]
 * gallery.ids; // ["x", "y"]
 * itself; // Int32Array [1, -1]
 */
export function queryGallery(images: LabeledImages): QueryGallery | undefined {
  const { roles } = images;
  if (roles === undefined) return undefined;
  const rowsOf = (...wanted: readonly string[]) => roles.flatMap((role, row) => (wanted.includes(role) ? [row] : []));
  const queries = rowsOf("query", "both");
  if (queries.length === 0) return undefined;
  const gallery = rowsOf("gallery", "both");
  const placeOf = new Map(gallery.map((row, place) => [row, place]));
  return {
    queries: subset(images, queries),
    gallery: subset(images, gallery),
    itself: Int32Array.from(queries, (row) => placeOf.get(row) ?? -1),
  };
}
