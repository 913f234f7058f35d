/**
 * How long the command takes from its start to its end where little is to be done: its help, a search in a library of 10,000 photos that is
 * current. Node's own start stands beside them. And how long the best model takes to open in a process that runs. In turn, medians.
 *
 *   npm run bench -- start [--photos 10000] [--rounds 7]     three minutes on two cores
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { median } from "./interleave.ts";
import { makeLargeLibrary } from "./large-library.ts";
import { parseOptions } from "./options.ts";
import { record } from "./result.ts";

const { values } = parseOptions({
  options: { photos: { type: "string", default: "10000" }, rounds: { type: "string", default: "7" } },
});
const root = resolve(import.meta.dirname, "..");
const cli = join(root, "packages/semblant/dist/cli.js");
const folder = mkdtempSync(join(tmpdir(), "semblant-bench-"));

interface Run {
  readonly seconds: number;
  readonly processor: number;
}

try {
  const { photos, faces } = await makeLargeLibrary(folder, Number(values.photos));
  const commands: Readonly<Record<string, readonly string[]>> = {
    "--help": [cli, "--help"],
    search: [cli, "search", "1", "--in", folder],
    "search, approximate": [cli, "search", "1", "--approximate", "--in", folder],
    node: ["-e", "0"],
  };
  const runs = new Map(Object.keys(commands).map((name) => [name, [] as Run[]]));
  for (const command of Object.values(commands)) run(command); // what it keeps for the next start is not measured
  for (let round = 0; round < Number(values.rounds); round++) {
    const turn = Object.entries(commands);
    for (const [name, command] of round % 2 === 0 ? turn : turn.reverse()) runs.get(name)?.push(run(command));
  }
  const of = (name: string, what: keyof Run) => Number(median((runs.get(name) as Run[]).map((one) => one[what])).toPrecision(3));
  const opening = Number(median(Array.from({ length: Number(values.rounds) }, openBest)).toPrecision(3));
  record({
    name: "start",
    ours: { value: of("--help", "seconds"), unit: "seconds for --help" },
    peer: { name: "Node itself", version: process.version, value: of("node", "seconds") },
    ratio: of("node", "seconds") / of("--help", "seconds"),
    seconds: Object.fromEntries(Object.keys(commands).map((name) => [name, of(name, "seconds")])),
    processorSeconds: Object.fromEntries(Object.keys(commands).map((name) => [name, of(name, "processor")])),
    openingBestModelSeconds: opening,
    photos,
    faces,
    rounds: Number(values.rounds),
  });
} finally {
  rmSync(folder, { recursive: true });
}

/** A whole process: by the clock, and the processor time that the shell says of it. */
function run(given: readonly string[]): Run {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(
    "sh",
    ["-c", '"$@" > /dev/null; code=$?; times; exit $code', "sh", process.execPath, ...given],
    {
      encoding: "utf8",
    },
  );
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`${given.slice(0, 2).join(" ")}: ${stderr}`);
  const [user = "", system = ""] = (stdout.trim().split("\n").at(-1) ?? "").split(" ");
  return { seconds, processor: inSeconds(user) + inSeconds(system) };
}

function inSeconds(words: string): number {
  const [minutes = "0", seconds = "0"] = words.replace("s", "").split("m");
  return Number(minutes) * 60 + Number(seconds);
}

/** In a process of its own, after all modules are loaded: from the model's bytes on disk to one that answers. */
function openBest(): number {
  const asked = `
    import { openExpressionModel } from "@semblant/faces";
    import { nodeRuntime, readModel } from "@semblant/photos/internals";
    const runtime = await nodeRuntime();
    const start = performance.now();
    await openExpressionModel(await readModel("best"), runtime);
    console.log((performance.now() - start) / 1000);
    process.exit();`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", asked], {
    cwd: join(root, "packages/semblant"),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}
