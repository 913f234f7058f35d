// Deletes what was compiled from sources that are gone: tsc leaves it where it is, and npm would pack it.
// Plain JavaScript that runs on Node 20, as set-up does.

import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Sweeps the compiled files of packages.
 *
 * @param {string} packages the folder that holds them
 * @returns {string[]} what was deleted
 */
export function sweepDist(packages) {
  const stale = readdirSync(packages).flatMap((name) => staleFiles(join(packages, name)));
  for (const path of stale) rmSync(path);
  return stale;
}

/**
 * Compiled files whose source is gone, and maps that no compiled file names.
 *
 * @param {string} folder of a package
 * @returns {string[]} paths
 */
export function staleFiles(folder) {
  const dist = join(folder, "dist");
  if (!existsSync(dist) || existsSync(join(dist, "index.html"))) return []; // a page, which vite made of many sources
  return readdirSync(dist, { recursive: true })
    .filter((path) => /\.(js|d\.ts)(\.map)?$/.test(path))
    .filter((path) => {
      const compiled = join(dist, path.replace(/\.map$/, ""));
      const source = join(folder, "src", path.replace(/\.(js|d\.ts)(\.map)?$/, ".ts"));
      return !existsSync(source) || (path.endsWith(".map") && !namesMap(compiled));
    })
    .map((path) => join(dist, path));
}

function namesMap(compiled) {
  return existsSync(compiled) && readFileSync(compiled, "utf8").includes("//# sourceMappingURL=");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) sweepDist(join(dirname(dirname(process.argv[1])), "packages"));
