import { globSync } from "node:fs";
import { resolve } from "node:path";
import { type NetworkDeclaration, networkDeclarations } from "@semblant/training/settings";
import { optionTable } from "./declared-options.ts";
import { type Docstring, docstringsOf } from "./docstrings.ts";
import { type ReferencePage, sentence, table } from "./page.ts";

const folder = resolve(import.meta.dirname, "../../packages/training/src/networks");

/** The numbers of weights of each network with its own image size and one channel: ending in an embedding of 64, or in 8 classes. */
export type Counts = ReadonlyMap<string, { readonly embedding: number; readonly classes: number }>;

/** Makes every network once and counts; undefined where there is no libtorch to make them with. */
export async function countParameters(): Promise<Counts | undefined> {
  const { loadable } = await import("@semblant/torch");
  if (loadable() !== true) return undefined;
  const count = ({ make }: NetworkDeclaration, head: "embedding" | "classes") => {
    using network = make({ head, channels: 1, dimensions: head === "classes" ? 8 : 64 });
    return network.numberOfParameters();
  };
  return new Map(
    [...networkDeclarations].map(([name, declaration]) => [
      name,
      { embedding: count(declaration, "embedding"), classes: count(declaration, "classes") },
    ]),
  );
}

/** Every network with its layers, options and number of parameters. */
export async function networksPage(counts: Counts | undefined): Promise<ReferencePage> {
  const number = (name: string, head: "embedding" | "classes") => counts?.get(name)?.[head].toLocaleString("en") ?? "not counted";
  const docstrings = await docstringsOfNetworks();
  const text = [
    "A run names its network with `network.name`, or `--network` on the command line.",
    counts === undefined
      ? "Parameters were not counted here, because libtorch is not set up. `npm run setup` sets it up."
      : "`npm run docs` counted the parameters: it made each network, for grey images of its own size. `network.baseChannels` changes them.",
    table(
      ["network", "image", "parameters, embedding of 64", "parameters, 8 classes"],
      [...networkDeclarations].map(([name, { size }]) => [
        `\`${name}\``,
        `${size} × ${size}`,
        number(name, "embedding"),
        number(name, "classes"),
      ]),
    ),
    ...[...networkDeclarations.values()].map((declaration) =>
      [
        `## ${declaration.title}`,
        docstrings.get(declaration)?.text ?? "",
        `**Source:** ${sentence(declaration.source)}`,
        ...optionTable("network", declaration.options),
      ].join("\n\n"),
    ),
  ].join("\n\n");
  return { name: "networks", title: "Networks", text };
}

/** What each network's file says of the function that makes it. */
async function docstringsOfNetworks(): Promise<ReadonlyMap<NetworkDeclaration, Docstring>> {
  const found = new Map<NetworkDeclaration, Docstring>();
  for (const path of globSync(`${folder}/*.ts`).filter((file) => !file.endsWith(".test.ts"))) {
    const { default: declared } = (await import(path)) as { readonly default?: NetworkDeclaration };
    const docstring = declared === undefined ? undefined : docstringsOf(path).get(declared.make.name);
    if (declared !== undefined && docstring !== undefined) found.set(declared, docstring);
  }
  return found;
}
