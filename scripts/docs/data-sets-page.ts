import { globSync } from "node:fs";
import { resolve } from "node:path";
import { drawnSets, knownSets, type SetOption } from "@semblant/datasets";
import { typed } from "./declared-options.ts";
import { type Docstring, docstringsOf } from "./docstrings.ts";
import { capital, type ReferencePage, sentence, table } from "./page.ts";

const folder = resolve(import.meta.dirname, "../../packages/datasets/src");

/** What is read that is no set of its own. */
const others = [
  ["Folders", "readImageFolder"],
  ["Tables", "readLabelledTable"],
  ["Pictures without labels", "surveyFlatFolder"],
] as const;

/** A data set as the page shows it. */
export interface DescribedSet {
  readonly title: string;
  /** What a folder of it looks like; undefined where the text says it. */
  readonly files: string | undefined;
  readonly text: string;
  readonly options: Readonly<Record<string, SetOption>>;
}

/** Every data set that is known by its layout, and what else is read. */
export async function dataSets(): Promise<DescribedSet[]> {
  const all = [...knownSets, ...drawnSets];
  const sets: DescribedSet[] = [];
  for (const path of globSync(`${folder}/sets/*.ts`).filter((file) => !file.endsWith(".test.ts"))) {
    const { set } = (await import(path)) as { readonly set?: unknown };
    const found = all.find((candidate) => candidate === set);
    if (found === undefined) continue;
    const layout = "layout" in found ? found.layout : found.title;
    const title = capital(layout.startsWith(found.title) ? layout : `${found.title}: ${layout}`);
    sets.push({ title, files: found.files, text: docstringsOf(path).get("set")?.text ?? "", options: found.options });
  }
  const docstrings = new Map(globSync(`${folder}/**/*.ts`).flatMap((path) => [...docstringsOf(path)]));
  const rest = others.map(([title, name]) => ({ title, files: undefined, text: docstringOf(docstrings, name), options: {} }));
  return [...rest, ...sets.sort((a, b) => a.title.localeCompare(b.title))];
}

function docstringOf(docstrings: ReadonlyMap<string, Docstring>, name: string): string {
  const found = docstrings.get(name);
  if (found === undefined) throw new Error(`data sets: expected a docstring for ${name}, but there is none.`);
  return found.text;
}

/** Every data set with the layout in which it is read. */
export async function dataSetsPage(): Promise<ReferencePage> {
  const text = [
    "`semblant data inspect PATH` says which of these a folder is, what is left out and why.",
    "Lay a set out as it comes. Semblant knows it by the names of its files.",
    ...(await dataSets()).map(section),
  ].join("\n\n");
  return { name: "data-sets", title: "Data sets", text };
}

function section({ title, files, text, options }: DescribedSet): string {
  const rows = Object.entries(options).map(([name, { rule, default: usual, text: help }]) => [
    `\`data.${name}\``,
    sentence(help),
    rule.range?.expected ?? rule.expected,
    typed(usual),
  ]);
  return [
    `## ${title}`,
    text,
    ...(files === undefined ? [] : [`**Files:** ${sentence(files)}`]),
    ...(rows.length === 0 ? [] : [table(["setting", "meaning", "may be", "by default"], rows)]),
  ].join("\n\n");
}
