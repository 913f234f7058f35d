import type { LibraryFile } from "./open-file.ts";

/**
 * Drops the documents that name what is forgotten, by its path or by a photo's hash; all where everything is.
 *
 * @returns their names
 */
export function forgetDocuments(
  file: LibraryFile,
  { path, hashes }: { readonly path: string; readonly hashes: readonly string[] },
): string[] {
  const all = file.prepare("SELECT name, value FROM documents ORDER BY name").all() as { name: string; value: string }[];
  const traces = [JSON.stringify(path).slice(1, -1), ...hashes];
  const named = all.filter(({ value }) => path === "" || traces.some((trace) => value.includes(trace))).map(({ name }) => name);
  for (const name of named) file.prepare("DELETE FROM documents WHERE name = ?").run(name);
  return named;
}
