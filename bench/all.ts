/**
 * Every comparison one after the other, then the tables that are made from them, and the history beside it. A comparison whose
 * peer is not here is passed over, and the end says how to get it.
 *
 *   npm run bench -- all [--only measuring,start] [--photos FOLDER] [--add]     under an hour on two cores; --add keeps the figures in history.json
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { missingModules } from "./needs.ts";
import { parseOptions, refuse } from "./options.ts";

const { values } = parseOptions({
  options: {
    only: { type: "string" },
    photos: { type: "string" },
    add: { type: "boolean", default: false },
    python: { type: "string", default: "/usr/bin/python3" },
  },
});

interface Step {
  readonly name: string;
  readonly given: readonly string[];
  /** Why it cannot run here, and what helps; undefined where it can. */
  readonly lacks: string | undefined;
}

const peers = join(import.meta.dirname, "peers");
const python = (...modules: readonly string[]) => {
  const missing = missingModules(values.python, modules);
  const packages = missing.map((name) => `python3-${name}`);
  return missing.length === 0 ? undefined : `${missing.join(", ")} for Python; Debian: apt-get install ${packages.join(" ")}`;
};
const installed = (folder: string) =>
  existsSync(join(peers, folder, "node_modules")) ? undefined : `npm install --prefix bench/peers/${folder} --ignore-scripts`;
const browser = process.env.CHROMIUM ?? "/usr/bin/chromium";
const chromium = existsSync(browser) ? undefined : "Chromium; Debian: apt-get install chromium, else CHROMIUM=path";
const photos = values.photos === undefined ? "a folder of photos: --photos FOLDER" : installed("human");

const steps: readonly Step[] = [
  { name: "measuring", given: ["--rounds", "3"], lacks: python("sklearn", "faiss") },
  { name: "projection", given: ["--rows", "5000", "--rounds", "1"], lacks: python("sklearn") },
  { name: "training-step", given: ["--rounds", "3", "--threads", "1"], lacks: python("torch") },
  { name: "workers", given: ["--rounds", "3"], lacks: undefined },
  { name: "communication", given: [], lacks: undefined },
  { name: "loading", given: ["--rounds", "3"], lacks: undefined },
  { name: "expressions", given: [], lacks: installed("expressions") },
  { name: "latency", given: [], lacks: chromium },
  { name: "photos", given: ["--folder", values.photos ?? "", "--rounds", "1"], lacks: photos },
  { name: "library", given: [], lacks: undefined },
  { name: "search", given: [], lacks: undefined },
  { name: "questions", given: [], lacks: undefined },
  { name: "server", given: [], lacks: undefined },
  { name: "start", given: [], lacks: undefined },
  { name: "app", given: [], lacks: chromium },
  { name: "app-map", given: [], lacks: chromium },
];

const asked = values.only?.split(",") ?? steps.map(({ name }) => name);
const unknown = asked.find((name) => !steps.some((step) => step.name === name));
if (unknown !== undefined) refuse(`--only: expected some of ${steps.map(({ name }) => name).join(", ")}, but got ${unknown}.`);

const passedOver: string[] = [];
for (const { name, given, lacks } of steps.filter((step) => asked.includes(step.name))) {
  const began = performance.now();
  if (lacks !== undefined) passedOver.push(`${name}: not measured; it needs ${lacks}`);
  else if (!runs(join(import.meta.dirname, `${name}.ts`), given)) passedOver.push(`${name}: failed; what it said stands above`);
  else console.log(`${name}: ${((performance.now() - began) / 60_000).toFixed(1)} minutes\n`);
}
runs(join(import.meta.dirname, "../scripts/readme.mjs"), []);
runs(join(import.meta.dirname, "history.ts"), values.add ? ["--add"] : []);
for (const line of passedOver) console.log(line);
if (passedOver.some((line) => line.includes(": failed"))) process.exitCode = 1;

function runs(script: string, given: readonly string[]): boolean {
  return spawnSync(process.execPath, ["--conditions=semblant-source", script, ...given], { stdio: "inherit" }).status === 0;
}
