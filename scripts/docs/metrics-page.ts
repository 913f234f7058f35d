import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { metricKeys, wordsOf } from "../../packages/lab/src/words/metric-names.ts";
import { type Docstring, docstringsOf } from "./docstrings.ts";
import { type ReferencePage, table } from "./page.ts";

const root = resolve(import.meta.dirname, "../..");

/** Every metric that the core offers, with its formula and range, and the names under which `evaluate` answers with it. */
export function metricsPage(): ReferencePage {
  const text = [
    "Each metric is a function of `@semblant/core`. `semblant evaluate` reports them with intervals.",
    "n is the number of rows, yᵢ the true class of row i and ŷᵢ the class that it was given. [A] is 1 where A holds, else 0.",
    ...metrics().map(({ name, text }) => `## ${name}\n\n${text}`),
    "## As evaluate names them",
    "The first column is the key in `semblant evaluate --json`.",
    table(
      ["key", "in tables", "unit", "meaning"],
      metricKeys.map((key) => {
        const { name, unit, meaning } = wordsOf(key);
        return [`\`${key}\``, name, unit, meaning];
      }),
    ),
  ].join("\n\n");
  return { name: "metrics", title: "Metrics", text };
}

/** The docstrings of the metrics: what the folder holds and the index offers, those of a table made before left out. */
export function metrics(): Docstring[] {
  const offered = new Set(
    [...readFileSync(resolve(root, "packages/core/src/index.ts"), "utf8").matchAll(/"\.\/metrics\/([^"]+)"/g)].map(([, file]) => file),
  );
  return globSync("packages/core/src/metrics/*.ts", { cwd: root })
    .sort()
    .filter((path) => offered.has(path.split("/").at(-1)))
    .flatMap((path) => [...docstringsOf(resolve(root, path)).values()])
    .filter(({ tags, text }) => tags.some(([tag]) => tag.startsWith("example")) && text !== "");
}
