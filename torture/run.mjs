#!/usr/bin/env node
// `npm run torture [-- options]`: compiles what changed, then runs torture/torture.ts from the sources.
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const run = (...args) => spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" }).status ?? 1;
const help = process.argv.includes("--help");
if (!help) console.log("compiling what changed, since the command is tortured as its users have it ...");
const compiled = help ? 0 : run(resolve(root, "node_modules/typescript/bin/tsc"), "-b");
process.exitCode =
  compiled !== 0
    ? compiled
    : run("--conditions=semblant-source", "--expose-gc", resolve(import.meta.dirname, "torture.ts"), ...process.argv.slice(2));
