// `npm run app`: sets up what the app needs (no libtorch), and opens it on a library of generated faces made on the spot.
// `npm run app -- ~/Pictures`: on a folder of one's own, with the options of `semblant app`.
// `npm run app:static -- site`: writes the page for any web server into a folder (semblant-app).

import { spawnSync } from "node:child_process";
import { existsSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runStoppable } from "./run-stoppable.mjs";
import { SetUpError, setUp } from "./setup.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cli = join(root, "packages/semblant/dist/cli.js");
const drawn = join(root, ".cache", "generated-photos");

const given = process.argv.slice(2);
if (given.at(-1) === "--static") given.push("semblant-app");
/** Options that have a value as the next word. */
const valued = new Set(["--library", "--model", "-m", "--smallest", "--port", "--host", "--static"]);
const isFolder = (word, i) => !word.startsWith("-") && !valued.has(given[i - 1]);
const asksForHelp = given.some((word) => word === "-h" || word === "--help");

try {
  const { node, env } = setUp({ native: false, page: true });
  const own = given.some(isFolder) || asksForHelp || given.includes("--static");
  if (!own) library(node, env);
  const { status } = await runStoppable(node, [cli, "app", ...(own ? [] : [drawn]), ...given], {
    cwd: process.env.INIT_CWD ?? process.cwd(), // where the person is: npm starts scripts in the root
    env,
    stdio: "inherit",
  });
  process.exitCode = status;
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** Photos of generated faces and their library, made once. */
function library(node, env) {
  if (existsSync(drawn)) return;
  const making = `${drawn}.tmp`;
  rmSync(making, { recursive: true, force: true });
  process.stderr.write("generated faces    ");
  const start = Date.now();
  for (const words of [
    [join(root, "scripts", "album-photos.mjs"), making, "--any"],
    [cli, "index", making, "--quiet"],
  ]) {
    const { status, stderr, error } = spawnSync(node, words, { cwd: root, env, encoding: "utf8", stdio: ["ignore", "ignore", "pipe"] });
    if (status === 0) continue;
    process.stderr.write("\n");
    throw new SetUpError(`The library of generated faces could not be made:\n${error?.message ?? stderr}`);
  }
  renameSync(making, drawn);
  process.stderr.write(`made, ${((Date.now() - start) / 1000).toFixed(1)} s\n`);
}
