import { shelfError } from "@semblant/api";
import { show } from "@semblant/core/internals";
import type { Library } from "@semblant/photos";
import { documentNames, dropDocument, keepDocument, readDocument } from "@semblant/photos/internals";

/** The documents of a library, as a shelf offers them. */
export function documentsOf(library: Library) {
  const missing = (name: string) => shelfError("missing", `documents: expected the name of a document, but ${show(name)} is none.`);
  return {
    names: () => documentNames(library),
    read: (name: string): unknown => readDocument(library, name),
    keep: (name: string, value: unknown) => keepDocument(library, name, value),
    drop(name: string): void {
      if (!dropDocument(library, name)) throw missing(name);
    },
  };
}
