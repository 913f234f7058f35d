/**
 * The table of speed in docs/speed.md, from bench/results: a test says that they agree.
 *
 *   npm run bench -- table
 */
import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseOptions } from "./options.ts";
import type { Comparison } from "./result.ts";

export function speedTable(folder = resolve(import.meta.dirname, "results")): string {
  const rows = globSync("{training-step,embedding,loading}-*.json", { cwd: folder })
    .sort()
    .reverse()
    .map((file) => JSON.parse(readFileSync(resolve(folder, file), "utf8")) as Comparison)
    .map(({ name, ours, peer, ratio }) => [
      name.replaceAll("-", " "),
      `${Math.round(ours.value)} ${ours.unit}`,
      `${peer.name}${peer.version === "-" ? "" : ` ${peer.version}`}`,
      String(Math.round(peer.value)),
      ratio.toFixed(2),
    ]);
  return [["", "ours", "beside", "", "ratio"], ["---", "---:", "---", "---:", "---:"], ...rows]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
}

if (import.meta.main) {
  parseOptions({ options: {} });
  console.log(speedTable());
}
