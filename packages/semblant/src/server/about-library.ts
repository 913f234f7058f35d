import { basename } from "node:path";
import type { SetModel } from "@semblant/answers";
import { unlikeInWords } from "@semblant/answers/internals";
import type { AboutModel, LibraryAbout } from "@semblant/api";
import type { Library } from "@semblant/photos";
import { fileOf, remarkLines, searchingOf, shiftOfLibrary, wasAdapted } from "@semblant/photos/internals";

/** What is said of a library, which may be empty; its revision aside. */
export function aboutLibrary(library: Library): Omit<LibraryAbout, "revision"> {
  const { root, readonly } = library;
  const counts = library.counts();
  const model = modelOf(library);
  const unlike = model === undefined || counts.faces === 0 ? undefined : unlikeInWords(shiftOfLibrary(searchingOf(library)));
  const remarks = [...remarkLines(library.remarks()), ...(unlike === undefined ? [] : [unlike])];
  const { kind, name: place } = fileOf(library);
  const database = kind === "sqlite" ? {} : { database: place };
  return { name: basename(root) || root, root, ...database, ...counts, readonly, ...(model && { model: aboutModel(model) }), remarks };
}

/** Undefined where nothing was indexed. */
function modelOf(library: Library): SetModel | undefined {
  if (library.counts().photos > 0) return library.model;
  try {
    return library.model;
  } catch {
    return undefined;
  }
}

function aboutModel(model: SetModel): AboutModel {
  const { name, version, summary, licence, measured } = model.card;
  const kinds = [...model.kinds.parents];
  const { classes, dimensions } = model;
  const [first] = measured;
  const adapted = wasAdapted(model);
  return { name, version, summary, licence, classes, kinds, dimensions, adapted, ...(first && { measured: first }) };
}
