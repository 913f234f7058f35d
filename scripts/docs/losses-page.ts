import { resolve } from "node:path";
import { lossNames } from "@semblant/training/settings";
import { type Docstring, docstringsOf, tagOf } from "./docstrings.ts";
import { type ReferencePage, sentence } from "./page.ts";

const folder = resolve(import.meta.dirname, "../../packages/training/src/losses");

/** The files that are not called as settings call their loss. */
const fileOf: Readonly<Record<string, string>> = { sgm: "structured-gaussian-manifold" };

/** A loss as a page shows it. */
export interface DescribedLoss {
  /** As settings name it; undefined for what wraps another loss. */
  readonly setting: string | undefined;
  readonly docstring: Docstring;
}

/** Every loss that settings can name, and the memory across batches. */
export function losses(): DescribedLoss[] {
  const named = lossNames.map((setting) => ({ setting, docstring: lossIn(fileOf[setting] ?? setting) }));
  return [...named, { setting: undefined, docstring: lossIn("cross-batch-memory") }];
}

/** The loss of a file: the exported function that returns one. */
function lossIn(file: string): Docstring {
  const found = [...docstringsOf(resolve(folder, `${file}.ts`)).values()].find((docstring) => tagOf(docstring, "returns") !== undefined);
  if (found === undefined) throw new Error(`losses/${file}.ts: expected a function whose docstring says what it returns.`);
  return found;
}

/** Every loss with its equation, options and source. */
export function lossesPage(): ReferencePage {
  const text = [
    "A run names its loss with `loss.name`, or `--loss` on the command line. In code each loss is a function of `@semblant/training`.",
    "`f(x)` is the embedding of an image x. Equations are of one batch.",
    ...losses().map(({ setting, docstring }) =>
      [
        `## ${docstring.name}`,
        setting === undefined ? "In settings: `loss.memory`." : `In settings: \`loss.name=${setting}\`.`,
        docstring.text,
        ...(tagOf(docstring, "param options") === undefined
          ? []
          : [`**Options:** ${sentence(tagOf(docstring, "param options") as string)}`]),
      ].join("\n\n"),
    ),
  ].join("\n\n");
  return { name: "losses", title: "Losses", text };
}
