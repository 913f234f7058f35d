#!/usr/bin/env node
// Puts the tables of experiments/results and bench/results into README.md: `node --conditions=semblant-source scripts/readme.mjs`.
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { speedTable } from "../bench/table.ts";
import { resultsTable } from "../experiments/table.ts";

const path = resolve(import.meta.dirname, "../README.md");
let text = readFileSync(path, "utf8");
for (const [name, table] of [
  ["results", resultsTable()],
  ["speed", speedTable()],
]) {
  text = text.replace(new RegExp(`<!-- ${name} -->[\\s\\S]*?<!-- /${name} -->`), () => `<!-- ${name} -->\n${table}\n<!-- /${name} -->`);
}
writeFileSync(path, text);
