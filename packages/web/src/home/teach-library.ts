import type { FaceSet, Learned, NamedClass } from "@semblant/answers";
import { shelfError } from "@semblant/api";
import { show } from "@semblant/core/internals";
import type { Asker } from "./asking/asker.ts";
import { namedModel } from "./asking/named-model.ts";
import type { BrowserLibrary } from "./keeping/browser-library.ts";

/** The classes that the library was taught. */
export const taughtClasses = (library: BrowserLibrary): readonly NamedClass[] => library.fact("taught") ?? [];

/** What is taught, by the ids of faces; kept where it separates well, or `anyway`. */
export interface Lesson {
  readonly name: string;
  readonly faces: readonly number[];
  readonly anyway?: boolean;
}

/** Teaches the library a class; one of that name that was taught before is replaced. */
export async function teachLibrary(
  library: BrowserLibrary,
  set: FaceSet,
  { lesson, asker }: { readonly lesson: Lesson; readonly asker: Asker },
): Promise<Learned> {
  const { name, faces, anyway = false } = lesson;
  const others = () => taughtClasses(library).filter((one) => one.name !== name.trim());
  const model = namedModel(set.model.card, others());
  const learned = await asker.ask({ ...set, model }, { question: "teach", name, faces });
  if (learned.accepted || anyway)
    await library.change(() => [{ table: "facts", put: { name: "taught", value: [...others(), learned.taught] } }]);
  return learned;
}

/** @throws DataError (missing) if no such class was taught */
export async function forgetClass(library: BrowserLibrary, name: string): Promise<void> {
  await library.change(() => {
    const taught = taughtClasses(library);
    const rest = taught.filter((one) => one.name !== name.trim());
    if (rest.length < taught.length) return [{ table: "facts", put: { name: "taught", value: rest } }];
    const known = taught.map((one) => one.name).join(", ") || "none";
    throw shelfError("missing", `teach: expected a class that was taught (${known}), but got ${show(name)}.`);
  });
}
