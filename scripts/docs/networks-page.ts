import { resolve } from "node:path";
import { architectures, type NetworkName, networkNames } from "@semblant/training/settings";
import { docstringsOf, tagOf } from "./docstrings.ts";
import { type ReferencePage, sentence, table } from "./page.ts";

const folder = resolve(import.meta.dirname, "../../packages/training/src/networks");
const fileOf: Readonly<Partial<Record<NetworkName, string>>> = { resnet18: "resnet", preactresnet18: "preactresnet" };

/** The numbers of weights of a network with its own image size and one channel: ending in an embedding of 64, or in 8 classes. */
export type Counts = ReadonlyMap<NetworkName, { readonly embedding: number; readonly classes: number }>;

/** Makes every network once and counts; undefined where there is no libtorch to make them with. */
export async function countParameters(): Promise<Counts | undefined> {
  const { loadable } = await import("@semblant/torch");
  if (loadable() !== true) return undefined;
  const { createNetwork } = await import("@semblant/training");
  const count = (name: NetworkName, head: "embedding" | "classes") => {
    using network = createNetwork({ name, head, channels: 1, dimensions: head === "classes" ? 8 : 64 });
    return network.numberOfParameters();
  };
  return new Map(networkNames.map((name) => [name, { embedding: count(name, "embedding"), classes: count(name, "classes") }]));
}

/** Every network with its layers, options and number of parameters. */
export function networksPage(counts: Counts | undefined): ReferencePage {
  const number = (name: NetworkName, head: "embedding" | "classes") => counts?.get(name)?.[head].toLocaleString("en") ?? "not counted";
  const text = [
    "A run names its network with `network.name`, or `--network` on the command line.",
    counts === undefined
      ? "Parameters were not counted here, because libtorch is not set up. `npm run setup` sets it up."
      : "Parameters are counted by making each network, with grey images of its own size. `network.width` changes them.",
    table(
      ["network", "image", "parameters, embedding of 64", "parameters, 8 classes"],
      networkNames.map((name) => [
        `\`${name}\``,
        `${architectures[name].size} × ${architectures[name].size}`,
        number(name, "embedding"),
        number(name, "classes"),
      ]),
    ),
    ...networkNames.map((name) => {
      const docstring = docstringsOf(resolve(folder, `${fileOf[name] ?? name}.ts`)).get(name);
      if (docstring === undefined) throw new Error(`networks: expected a docstring for ${name}, but there is none.`);
      const options = tagOf(docstring, "param options");
      return `## ${architectures[name].title}\n\n${docstring.text}${options === undefined ? "" : `\n\n**Options:** ${sentence(options)}`}`;
    }),
  ].join("\n\n");
  return { name: "networks", title: "Networks", text };
}
