import { printable } from "@semblant/core/internals";
import type { LibraryHits } from "../library/search-library.ts";

/** What was searched for, in words. */
export function queryInWords(query: LibraryHits["query"]): string {
  if (query.kind === "words") return query.words;
  if (query.kind === "face") return `face ${query.face} of ${printable(query.path)}`;
  if (query.kind === "embedding") return "an embedding";
  const which = query.of > 1 ? `the largest of ${query.of} faces in` : "the face in";
  return `${which} ${query.kind === "photo" ? printable(query.path) : "the picture"}`;
}
