// `npm run coverage [-- FILTER ...]`: which lines the tests run, by package. Takes as long as the tests, and half as long again.
//
// The table is printed; coverage/index.html shows each file. Filters are vitest's: npm run coverage -- packages/core

import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const filters = process.argv.slice(2);
const packages = filters.map((filter) => /^packages\/(\w+)/.exec(filter)?.[1]).filter(Boolean);
const of = packages.length > 0 && packages.length === filters.length ? `{${[...new Set(packages), ""].join(",")}}` : "*";
const options = [
  "--coverage.enabled",
  "--coverage.reportOnFailure",
  "--coverage.reporter=json-summary",
  "--coverage.reporter=html",
  `--coverage.include=packages/${of}/src/**/*.ts`,
];
rmSync(join(root, "coverage"), { recursive: true, force: true }); // so that no older figure is shown
const { status } = spawnSync(process.execPath, [join(root, "node_modules/vitest/vitest.mjs"), "run", ...options, ...filters], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: "1" }, // which makes what is counted less exact
});
const { total: _, ...files } = JSON.parse(readFileSync(join(root, "coverage/coverage-summary.json"), "utf8"));
const sums = new Map();
for (const [path, { lines, branches }] of Object.entries(files)) {
  const name = /packages[\\/](\w+)[\\/]/.exec(path)?.[1] ?? "";
  const sum = sums.get(name) ?? { lines: [0, 0], branches: [0, 0] };
  for (const [kind, { covered, total }] of Object.entries({ lines, branches })) sum[kind] = [sum[kind][0] + covered, sum[kind][1] + total];
  sums.set(name, sum);
}
const percent = ([covered, total]) => (total === 0 ? "–" : `${((100 * covered) / total).toFixed(1)} %`);
console.log("\n| package | lines run | branches taken |\n|---|---:|---:|");
for (const [name, { lines, branches }] of [...sums].sort()) console.log(`| ${name} | ${percent(lines)} | ${percent(branches)} |`);
process.exitCode = status ?? 1;
