import { readdirSync } from "node:fs";
import type { DataSet, DrawnSet } from "../description/data-set.ts";
import { optionsOfSets } from "./set-options.ts";

/**
 * Every data set in the folder `sets/`: each file there exports one, as `set`. A new file is all that a new set needs.
 *
 * Files are found when the program starts, so that nothing lists them: as sources, or compiled.
 */
const folder = new URL("../sets/", import.meta.url);
const files = readdirSync(folder).filter((name) => /\.[jt]s$/.test(name) && !/\.(test|d)\.[jt]s$/.test(name));
const found = await Promise.all(files.sort().map(setIn));

/** The sets that lie at a path, in the order in which they are looked for. */
export const knownSets: readonly DataSet[] = found.filter((set) => "find" in set).sort((a, b) => a.order - b.order);

/** The sets that are made. */
export const drawnSets: readonly DrawnSet[] = found.filter((set) => "draw" in set);

/** The options of all sets by their names, each of which means one thing. */
export const setOptions = optionsOfSets([...knownSets, ...drawnSets]);

async function setIn(file: string): Promise<DataSet | DrawnSet> {
  const { set } = (await import(new URL(file, folder).href)) as { readonly set?: DataSet | DrawnSet };
  if (set === undefined) throw new Error(`sets/${file}: expected an export named set, but there is none.`);
  return set;
}
