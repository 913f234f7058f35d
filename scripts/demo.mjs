// `npm run demo [-- --data DIR]`: sets up what is missing, trains ResNet18 with the structured Gaussian manifold loss for some
// minutes, on generated faces or on those in DIR, measures it, and writes a report. Ten minutes and 4 GiB on two cores are enough.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { SetUpError, setUp } from "./setup.mjs";

const root = resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "..");
const usage = "Usage: npm run demo [-- --data <folder or table of faces>] [-- --minutes <n>]";

/** A narrow network and small batches: many steps in the time. */
const small = ["--stem", "3x3-pool", "--width", "16", "--per-class", "10", "validation.gallery=1000"];
const threads = String(Math.min(8, availableParallelism()));

try {
  const { data, minutes } = readArguments();
  const { node, env: prepared } = await setUp({ native: true });
  const env = { ...prepared, OMP_WAIT_POLICY: "passive" }; // threads that spin while they wait lose tenfold once another program takes a core
  const run = freeRun(data === undefined ? "demo" : "demo-data");
  const report = `${run}.html`;
  const semblant = (...args) =>
    spawnSync(node, [join(root, "packages/semblant/dist/cli.js"), ...args], { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] });
  const trained = semblant(
    "train",
    "--data",
    data ?? "generated",
    ...small,
    "--epochs",
    "100",
    "--limit-minutes",
    minutes,
    "--threads",
    threads,
    "--out",
    run,
  );
  if (trained.status !== 0) process.exit(trained.status ?? 1);
  console.log("");
  const evaluated = semblant("evaluate", run, "--threads", threads, "--report", report);
  if (evaluated.status !== 0) process.exit(evaluated.status ?? 1);
  console.log(`\nOpen ${join(root, report)} in a browser.`);
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function readArguments() {
  try {
    const { values } = parseArgs({ options: { data: { type: "string" }, minutes: { type: "string", default: "4" } } });
    return { data: values.data === undefined ? undefined : resolve(values.data), minutes: values.minutes };
  } catch (error) {
    console.error(`${error.message}\n${usage}`);
    process.exit(2);
  }
}

/** runs/demo, or the first of runs/demo-2, ... that is free. */
function freeRun(name) {
  for (let n = 1; ; n++) {
    const run = join("runs", n === 1 ? name : `${name}-${n}`);
    if (!existsSync(join(root, run))) return run;
  }
}
