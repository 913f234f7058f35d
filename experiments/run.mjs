#!/usr/bin/env node
// `npm run experiment -- NAME [options]`: runs experiments/NAME.ts from the sources.
import { runModule } from "../scripts/run-module.mjs";

process.exitCode = runModule({ script: "experiment", folder: import.meta.dirname, args: process.argv.slice(2) });
