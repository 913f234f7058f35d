import { shelfError } from "@semblant/api";
import { show } from "@semblant/core/internals";
import type { BrowserLibrary } from "./keeping/browser-library.ts";

/** Small JSON values that are kept with the library. */
export async function documentNames({ store }: BrowserLibrary): Promise<readonly string[]> {
  return (await store.all("documents")).map(({ name }) => name).sort();
}

/** @returns undefined where none is kept by this name */
export async function documentNamed({ store }: BrowserLibrary, name: string): Promise<unknown> {
  return (await store.get("documents", name))?.value;
}

/** Keeps a value as JSON has it. */
export async function keepDocument(library: BrowserLibrary, name: string, value: unknown): Promise<void> {
  const plain = JSON.parse(JSON.stringify(value)) as unknown;
  await library.change(() => [{ table: "documents", put: { name, value: plain } }]);
}

/** @throws DataError (missing) if there is none of this name */
export async function dropDocument(library: BrowserLibrary, name: string): Promise<void> {
  await library.change(async () => {
    if ((await library.store.get("documents", name)) === undefined) throw missing(name);
    return [{ table: "documents", drop: name }];
  });
}

const missing = (name: string) => shelfError("missing", `documents: expected a document, but ${show(name)} is none.`);
