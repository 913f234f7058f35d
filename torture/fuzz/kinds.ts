import { drawnKinds } from "./drawn.ts";
import type { Kind } from "./kind.ts";
import { libraryKinds } from "./libraries.ts";
import { photoKinds } from "./photos.ts";
import { tableKinds } from "./tables.ts";
import { trainedKinds } from "./trained.ts";

/** Everything that is damaged. */
export const kinds: readonly Kind[] = [...photoKinds, ...trainedKinds, ...tableKinds, ...libraryKinds, ...drawnKinds];

/** @throws Error if there is none of that name */
export function kindOf(name: string): Kind {
  const kind = kinds.find((one) => one.name === name);
  if (kind === undefined) throw new Error(`fuzz: there is no kind "${name}".`);
  return kind;
}
