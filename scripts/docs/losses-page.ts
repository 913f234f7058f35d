import { globSync } from "node:fs";
import { resolve } from "node:path";
import { type LossDeclaration, lossDeclarations } from "@semblant/training/settings";
import { optionTable } from "./declared-options.ts";
import { type Docstring, docstringsOf, tagOf } from "./docstrings.ts";
import { capital, type ReferencePage, sentence } from "./page.ts";

const folder = resolve(import.meta.dirname, "../../packages/training/src/losses");

/** A loss as a page shows it. */
export interface DescribedLoss {
  readonly declaration: LossDeclaration;
  readonly docstring: Docstring;
}

/** Every loss that settings can name, with the docstring of the function that makes it. */
export async function losses(): Promise<DescribedLoss[]> {
  const described: DescribedLoss[] = [];
  for (const path of globSync(`${folder}/*.ts`).filter((file) => !file.endsWith(".test.ts"))) {
    const { default: declared } = (await import(path)) as { readonly default?: LossDeclaration };
    const declaration = [...lossDeclarations.values()].find((candidate) => candidate === declared);
    if (declaration !== undefined) described.push({ declaration, docstring: lossIn(path) });
  }
  const order = [...lossDeclarations.values()];
  return described.sort((a, b) => order.indexOf(a.declaration) - order.indexOf(b.declaration));
}

/** The loss of a file: the exported function that returns one. */
function lossIn(path: string): Docstring {
  const found = [...docstringsOf(path).values()].find((docstring) => tagOf(docstring, "returns") !== undefined);
  if (found === undefined) throw new Error(`${path}: expected a function whose docstring says what it returns.`);
  return found;
}

/** Every loss with its equation, options and source. */
export async function lossesPage(): Promise<ReferencePage> {
  const memory = lossIn(resolve(folder, "cross-batch-memory.ts"));
  const text = [
    "A run names its loss with `loss.name`, or `--loss` on the command line. In code each loss is a function of `@semblant/training`.",
    "f(x) is the embedding of an image x. Equations are of one batch.",
    ...(await losses()).map(({ declaration, docstring }) => section(declaration, docstring)),
    "## Memory across batches",
    "In settings: `loss.memory`. In code: `crossBatchMemory`.",
    memory.text,
  ].join("\n\n");
  return { name: "losses", title: "Losses", text };
}

function section({ name, title, source, options, takesMemory }: LossDeclaration, docstring: Docstring): string {
  return [
    `## ${capital(title)}`,
    `In settings: \`loss.name=${name}\`. In code: \`${docstring.name}\`.`,
    docstring.text,
    `**Source:** ${sentence(source)}`,
    ...(takesMemory === true ? ["It can be compared with a memory across batches: `loss.memory`."] : []),
    ...optionTable("loss", options),
  ].join("\n\n");
}
