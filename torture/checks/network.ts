import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { command } from "../command.ts";
import { canTrace, traced } from "../network/trace.ts";
import type { CheckContext, Outcome } from "../outcome.ts";
import { makeStock, type Stock, tinyTraining } from "../stock.ts";

export const name = "network";
export const description =
  "every command under strace, with an empty home: no socket to another machine, no look-up, no file beyond the library, the output and the named cache";

/** What is asked, in a folder with copies of the photos, the run and the arrays. */
const asked: Readonly<Record<string, () => readonly string[]>> = {
  index: () => ["index", "photos"],
  album: () => ["album", "indexed", "--sheet", "album.html"],
  search: () => ["search", "happy", "--in", "indexed", "--sheet", "found.html"],
  "search by photo": () => ["search", "indexed/3.jpg", "--in", "indexed", "-k", "3"],
  classify: () => ["classify", "photos/1.jpg"],
  best: () => ["best", "indexed"],
  cluster: () => ["cluster", "indexed"],
  teach: () => ["teach", "bored", "1", "5", "--in", "indexed", "--anyway"],
  "library check": () => ["library", "check", "indexed"],
  "library export": () => ["library", "export", "indexed", "--out", "faces.csv"],
  "library forget": () => ["library", "forget", "indexed/2.jpg"],
  train: () => [...tinyTraining, "--out", "trained"],
  evaluate: () => ["evaluate", "run", "--report", "report.html", "-t", "1"],
  embed: () => ["embed", "run", "--out", "faces.npy", "-t", "1"],
  "soft-labels": () => ["soft-labels", "run", "--csv", "soft.csv", "-t", "1"],
  map: () => ["map", "run", "--out", "map.svg", "-t", "1"],
  export: () => ["export", "run", "--out", "model.onnx", "-t", "1"],
  "data inspect": () => ["data", "inspect", "table"],
  "model card": () => ["model", "card"],
};

/** Runs each command once, then again while there is time. */
export async function* check({ random, until, folder, corpus = [], again }: CheckContext): AsyncGenerator<Outcome> {
  if (!canTrace()) {
    yield { done: 0, skipped: "strace is not here, or may not be used" };
    return;
  }
  const stock = await makeStock(join(folder, "stock"), ["photos", "indexed", "run", "table"]);
  const before = (corpus as readonly { asked: string }[]).map((input) => input.asked);
  const queue = again ? before : [...new Set([...before, ...random.shuffle(Object.keys(asked))])];
  for (const [i, one] of queue.entries()) {
    if (i > 0 && Date.now() >= until) break;
    const what = faultOf(one, stock, join(folder, "case"))?.replaceAll(join(folder, "case"), "");
    yield { done: 1, ...(what !== undefined && { failed: { what: `${one}: ${what}`, input: { asked: one } } }) };
  }
}

function faultOf(name: string, stock: Stock, place: string): string | undefined {
  rmSync(place, { recursive: true, force: true });
  const [work, home, temporary] = ["work", "home", "tmp"].map((part) => join(place, part)) as [string, string, string];
  for (const made of [work, home, temporary]) mkdirSync(made, { recursive: true });
  for (const part of ["photos", "indexed", "run", "table"] as const)
    cpSync(stock[part], join(work, part), { recursive: true, preserveTimestamps: true });

  const { file, args } = command();
  const log = join(place, "trace.txt");
  const env = { PATH: process.env.PATH, LANG: "C.UTF-8", HOME: home, TMPDIR: temporary, NO_COLOR: "1", OMP_NUM_THREADS: "1" };
  const given = asked[name]?.() ?? [];
  const { status, said, reached, written } = traced([file, ...args, ...given], { cwd: work, env, log, seconds: 300 });
  if (status !== 0) return `expected status 0, but got ${status}: ${said.slice(-300)}`;
  if (reached.length > 0) return `asked the network: ${reached[0]}`;
  const allowed = [work, temporary, join(home, ".cache/semblant"), "/dev/", "/proc/self/"];
  const beyond = written.filter((path) => path !== join(home, ".cache") && !allowed.some((folder) => path.startsWith(folder)));
  if (beyond.length > 0) return `wrote beyond its folders: ${beyond.slice(0, 3).join(", ")}`;
  const inHome = existsSync(home) ? readdirSync(home, { recursive: true, encoding: "utf8" }) : [];
  const strange = inHome.filter((path) => path !== ".cache" && !path.startsWith(".cache/semblant"));
  if (strange.length > 0) return `left in the home: ${strange.slice(0, 3).join(", ")}`;
  const left = readdirSync(temporary);
  return left.length > 0 ? `left temporary files: ${left.slice(0, 3).join(", ")}` : undefined;
}
