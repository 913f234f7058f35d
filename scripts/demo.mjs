// `npm run demo`: sets up what is missing, says how long it will take, trains ResNet18 with the structured Gaussian manifold loss on
// generated faces or on those of --data, measures it on people it has not seen, and writes a report.

import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { demoSettings, demoSteps, generatedSettings } from "./demo-settings.mjs";
import { runStoppable } from "./run-stoppable.mjs";
import { SetUpError, setUp } from "./setup.mjs";

const root = resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "..");
const usage = `Usage: npm run demo [-- options] [name=value ...]
  --data <path>    a folder or table of faces in place of generated ones
  --steps <n>      steps of training (${demoSteps})
  --seed <n>       of everything random (0)
  --threads <n>    threads an operation may use (one a core, 8 at most)
  --out <folder>   of the run (the first of runs/demo, runs/demo-2, ... that is free)
  name=value       any setting of train`;

try {
  const { data, steps, seed, threads: asked, out, settings } = readArguments();
  const threads = String(Math.min(Number(asked), availableParallelism()));
  if (threads !== asked)
    console.log(`Threads: ${threads}, as many as there are cores. More wait for each other, which takes ten times as long.\n`);
  const { node, env: prepared } = await setUp({ native: true });
  const env = { ...prepared, OMP_WAIT_POLICY: "passive" }; // threads that spin while they wait lose tenfold once another program takes a core
  const all = [...demoSettings, ...(data === undefined ? generatedSettings : []), `steps=${steps}`, `seed=${seed}`, ...settings];
  const run = out ?? freeRun(data === undefined ? "demo" : "demo-data");
  const report = `${run}.html`;
  const call = async (file, args, stdout) => {
    const { status, said } = await runStoppable(node, [join(root, file), ...args], {
      cwd: root,
      env,
      stdio: ["ignore", stdout, "inherit"],
    });
    if (status !== 0) process.exit(status);
    return said;
  };
  const semblant = (...args) => call("packages/semblant/dist/cli.js", [...args, "--threads", threads], "inherit");

  const seconds = Number(await call("scripts/demo-time.mjs", [threads, ...all], "pipe"));
  const faces = data === undefined ? "generated faces" : `the faces of ${data}`;
  console.log(`\n${steps} steps of training on ${faces}, then measuring: ${about(seconds)} on this machine.\n`);
  await semblant("train", "--data", data ?? "generated", "--out", run, ...all);
  console.log("");
  await semblant("evaluate", run, "--report", report);
  console.log(`\nOpen ${resolve(root, report)} in a browser.`);
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function readArguments() {
  try {
    const texts = ["data", "steps", "seed", "threads", "out"];
    const { values, positionals } = parseArgs({
      options: Object.fromEntries(texts.map((name) => [name, { type: "string" }])),
      allowPositionals: true,
    });
    const whole = (name, least, otherwise) => {
      const text = values[name] ?? String(otherwise);
      if (/^\d{1,9}$/.test(text) && Number(text) >= least) return text;
      throw new Error(`--${name}: expected a whole number of ${least} or more, but got ${JSON.stringify(text)}.`);
    };
    const stray = positionals.find((text) => !/^[\w.]+=./.test(text));
    if (stray !== undefined) throw new Error(`demo: expected a setting like perClass=20, but got ${JSON.stringify(stray)}.`);
    return {
      data: values.data && resolve(values.data),
      steps: whole("steps", 1, demoSteps),
      seed: whole("seed", 0, 0),
      threads: whole("threads", 1, Math.min(8, availableParallelism())),
      out: values.out && resolve(values.out),
      settings: positionals,
    };
  } catch (error) {
    console.error(`${error.message}\n${usage}`);
    process.exit(2);
  }
}

function about(seconds) {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return "less than a minute";
  return `about ${minutes} minute${minutes === 1 ? "" : "s"}`;
}

/** runs/demo, or the first of runs/demo-2, ... that is free. */
function freeRun(name) {
  for (let n = 1; ; n++) {
    const run = join("runs", n === 1 ? name : `${name}-${n}`);
    if (!existsSync(join(root, run))) return run;
  }
}
