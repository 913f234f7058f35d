import { type Shelf, shelfError } from "@semblant/api";
import { show } from "@semblant/core/internals";
import { forgetTaught } from "@semblant/photos";
import { taughtNames } from "@semblant/photos/internals";
import type { OpenedLibrary } from "./open-shelf-library.ts";

/** The classes that a library was taught, as a shelf offers them. */
export function taughtOf(opened: () => OpenedLibrary, changed: () => void): NonNullable<Shelf["taught"]> {
  return {
    list: async () => taughtNames(opened().library),
    async teach({ name, faces, anyway = false }) {
      const learned = await opened().thread.teach({ name, faces, anyway });
      changed();
      return learned;
    },
    async forget(name) {
      const { library } = opened();
      const names = taughtNames(library);
      if (!names.includes(name.trim())) {
        const known = names.join(", ") || "none";
        throw shelfError("missing", `teach: expected a class that was taught (${known}), but got ${show(name)}.`);
      }
      await forgetTaught(library, name);
      changed();
    },
  };
}
