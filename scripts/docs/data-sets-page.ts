import { globSync } from "node:fs";
import { resolve } from "node:path";
import { knownSets } from "../../packages/datasets/src/reading/known-sets.ts";
import { type Docstring, docstringsOf } from "./docstrings.ts";
import type { ReferencePage } from "./page.ts";

const folder = resolve(import.meta.dirname, "../../packages/datasets/src");

/** What is read that is no set of its own. */
const others = [
  ["FER+", "reading/fer-plus.ts", "readFerPlus"],
  ["FER2013", "reading/fer2013.ts", "readFer2013"],
  ["Folders", "reading/image-folder.ts", "readImageFolder"],
  ["Tables", "reading/labelled-table.ts", "readLabelledTable"],
  ["Pictures without labels", "reading/flat-folder.ts", "surveyFlatFolder"],
  ["Generated faces", "generated/generate.ts", "generateFaces"],
] as const;

/** A data set as the page shows it. */
export interface DescribedSet {
  readonly title: string;
  readonly docstring: Docstring;
  /** A line for each setting that the set has of its own. */
  readonly options?: readonly string[];
}

function optionsOf({ options }: (typeof knownSets)[number]): string[] {
  return Object.entries(options)
    .filter(([, { setting }]) => setting !== false)
    .map(([name, { rule, default: value, text }]) => `- \`data.${name}\`: ${text} It is ${rule.expected}; by default ${value ?? "none"}.`);
}

/** Every data set that is known by its layout, and what else is read. */
export async function dataSets(): Promise<DescribedSet[]> {
  const sets: DescribedSet[] = [];
  for (const path of globSync(`${folder}/sets/*.ts`).filter((file) => !file.endsWith(".test.ts"))) {
    const { set } = (await import(path)) as { readonly set?: unknown };
    const known = knownSets.find((candidate) => candidate === set);
    const docstring = docstringsOf(path).get("set");
    if (known !== undefined && docstring !== undefined) sets.push({ title: known.layout, docstring, options: optionsOf(known) });
  }
  const rest = others.map(([title, file, name]) => {
    const docstring = docstringsOf(resolve(folder, file)).get(name);
    if (docstring === undefined) throw new Error(`${file}: expected a docstring for ${name}, but there is none.`);
    return { title, docstring };
  });
  return [...rest, ...sets.sort((a, b) => a.title.localeCompare(b.title))];
}

/** Every data set with the layout in which it is read. */
export async function dataSetsPage(): Promise<ReferencePage> {
  const text = [
    "`semblant data inspect PATH` says which of these a folder is, what is left out and why.",
    "Lay a set out as it comes. Semblant knows it by the names of its files.",
    ...(await dataSets()).map(({ title, docstring, options = [] }) => [`## ${title}`, docstring.text, ...options].join("\n\n")),
  ].join("\n\n");
  return { name: "data-sets", title: "Data sets", text };
}
