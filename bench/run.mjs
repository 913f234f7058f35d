#!/usr/bin/env node
// `npm run bench -- NAME [options]`: runs bench/NAME.ts from the sources.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";

const [name, ...options] = process.argv.slice(2);
const file = resolve(import.meta.dirname, `${name}.ts`);
if (name === undefined || !existsSync(file)) {
  const parts = new Set(["cheap-reader.ts", "commit.ts", "interleave.ts", "result.ts"]);
  const names = readdirSync(import.meta.dirname).filter((entry) => entry.endsWith(".ts") && !parts.has(entry));
  console.error(`usage: npm run bench -- NAME [options]; NAME is one of ${names.map((entry) => entry.slice(0, -3)).join(", ")}`);
  process.exit(2);
}
process.exitCode = spawnSync(process.execPath, ["--conditions=semblant-source", file, ...options], { stdio: "inherit" }).status ?? 1;
