import { type FaceSet, searchByEmbedding, searchByWords } from "@semblant/answers";
import { DataError, OptionError, ShapeError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import type { LibraryHits, Query } from "../library/search-library.ts";

/**
 * Searches faces in memory: by a face's id ("#12" or 12), an embedding, or words.
 *
 * @throws OptionError if the query is none of these, a word is not known, or k is not a whole number above 0
 * @throws DataError if the set has no such face
 * @throws ShapeError if the embedding has other columns than the set's
 */
export function searchSet(set: FaceSet, query: Query, { k }: { readonly k?: number }): LibraryHits {
  const how = { ...(k !== undefined && { k }) };
  const remarks = { ...(set.remarks !== undefined && { remarks: set.remarks }) };
  const id = typeof query === "number" ? query : typeof query === "string" ? /^#?(\d+)$/.exec(query.trim())?.[1] : undefined;
  if (id !== undefined) {
    const row = set.faces.findIndex((face) => face.id === Number(id));
    const face = set.faces[row];
    if (face === undefined) throw new DataError(`search: expected the id of a face of the set, but ${show(Number(id))} is none.`);
    const found = searchByEmbedding(set, set.embeddings.row(row), { ...how, except: [face.id] });
    return { query: { kind: "face", face: face.id, path: set.photos.get(face.photo)?.path ?? "" }, ...found, ...remarks };
  }
  if (query instanceof Float32Array) {
    const { columns } = set.embeddings;
    if (query.length !== columns) throw new ShapeError(`search: expected an embedding of ${columns} numbers, but got ${query.length}.`);
    return { query: { kind: "embedding" }, ...searchByEmbedding(set, query, how), ...remarks };
  }
  const words = typeof query === "string" ? query : typeof query === "object" && "words" in query ? query.words : undefined;
  if (words === undefined) {
    throw new OptionError("search: expected words, an embedding or the id of a face to search faces by, but got a picture.");
  }
  return { query: { kind: "words", words }, ...searchByWords(set, words, how), ...remarks };
}
