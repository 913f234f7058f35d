#!/usr/bin/env node
// `npm run bench -- NAME [options]`: runs bench/NAME.ts from the sources.
import { runModule } from "../scripts/run-module.mjs";

process.exitCode = runModule({ script: "bench", folder: import.meta.dirname, args: process.argv.slice(2) });
