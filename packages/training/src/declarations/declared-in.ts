import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * What the files of a folder declare as their default export, by name. A file without one declares nothing: it is a part of the others.
 * Sources, compiled files and tests alike are read from where they lie.
 *
 * @param folder holds modules and nothing that must not be loaded; tests, types and fixtures are passed over
 * @throws TypeError if two files declare one name
 */
export async function declaredIn<Declaration extends { readonly name: string }>(folder: string): Promise<ReadonlyMap<string, Declaration>> {
  const files = readdirSync(folder).filter((name) => /^[\w-]+\.[jt]s$/.test(name));
  const modules = await Promise.all(
    files.map((name) => import(/* @vite-ignore */ pathToFileURL(join(folder, name)).href) as Promise<{ readonly default?: Declaration }>),
  );
  const declared = modules.flatMap((module) => module.default ?? []).sort((a, b) => (a.name < b.name ? -1 : 1));
  const byName = new Map(declared.map((declaration) => [declaration.name, declaration]));
  if (byName.size < declared.length) {
    throw new TypeError(
      `${folder}: expected each file to declare a name of its own, but got ${declared.map(({ name }) => name).join(", ")}.`,
    );
  }
  return byName;
}
