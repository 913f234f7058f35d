/**
 * The tables of docs/speed.md, from bench/results: a test says that they agree.
 *
 *   npm run bench -- table
 */
import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Goal, goals } from "./goals.ts";
import { libraryTable } from "./library-table.ts";
import { parseOptions } from "./options.ts";
import type { Comparison, PeerRow } from "./result.ts";
import { serverTable } from "./server-table.ts";

type Stored = Comparison & { readonly load: number; readonly machine: string; readonly wall?: object };

/** Which results each table has, in their order. */
const tables: Readonly<Record<string, readonly string[]>> = {
  "speed-training": ["training-step-*", "embedding-*", "loading-*"],
  "speed-workers": ["workers-*"],
  "speed-measuring": ["measuring-*", "projection-*"],
  "speed-faces": ["expressions-*", "photos-*"],
};

/** The tables by their marks on the page. */
export function speedTables(folder = resolve(import.meta.dirname, "results")): Readonly<Record<string, string>> {
  const made = Object.entries(tables).map(([mark, patterns]) => {
    const results = patterns
      .flatMap((pattern) => globSync(`${pattern}.json`, { cwd: folder }).sort())
      .map((file) => JSON.parse(readFileSync(resolve(folder, file), "utf8")) as Stored);
    return [mark, tableOf(results)];
  });
  const server = serverTable(folder);
  return { ...Object.fromEntries(made), "speed-library": libraryTable(folder), ...(server !== undefined && { "speed-server": server }) };
}

function tableOf(results: readonly Stored[]): string {
  const rows = results.flatMap((result) => {
    const name = result.name.replace(/^measuring-/, "").replaceAll("-", " ");
    const ours = `${brief(result.ours.value)} ${result.ours.unit}`;
    return peersOf(result).map((peer, i) => [i === 0 ? name : "", i === 0 ? ours : "", ...cellsOf(peer), goalOf(result, peer)]);
  });
  const head = ["", "ours", "beside", "theirs", "ratio", "of the processor", "goal"];
  const lines = [head, ["---", "---:", "---", "---:", "---:", "---:", "---"], ...rows].map((row) => `| ${row.join(" | ")} |`);
  const missed = results.flatMap(reasonsOf);
  return [...lines, ...(missed.length > 0 ? ["", ...missed] : [])].join("\n");
}

/** Rows of a result that knows one peer only have no spread. */
function peersOf({ peers, peer, ratio }: Stored): readonly Partial<PeerRow>[] {
  return peers ?? [{ ...peer, ratio }];
}

function cellsOf({ name, version, how, value = 0, ratio = 0, spread, processorRatio }: Partial<PeerRow>): readonly string[] {
  const words = [`${name}${version === "-" || version === undefined ? "" : ` ${version}`}`, ...(how === undefined ? [] : [how])].join(", ");
  const range = spread === undefined ? "" : ` (${spread.map((one) => one.toFixed(2)).join("–")})`;
  return [words, brief(value), `${ratio.toFixed(2)}${range}`, processorRatio?.toFixed(2) ?? ""];
}

/** A goal stands beside the fastest way of using its peer. */
function goalOf(result: Stored, peer: Partial<PeerRow>): string {
  const goal = goals[result.name]?.find((one) => one.peer === peer.name);
  if (goal === undefined || fastest(result, goal)?.ratio !== peer.ratio) return "";
  return `${goal.ratio}, ${isMet(result, goal) ? "met" : "missed"}`;
}

function reasonsOf(result: Stored): readonly string[] {
  return (goals[result.name] ?? [])
    .filter((goal) => goal.missed !== undefined && !isMet(result, goal))
    .map(({ peer, missed }) => `- **${result.name.replaceAll("-", " ")}, ${peer}.** ${missed}`);
}

const fastest = (result: Stored, { peer }: Goal) =>
  peersOf(result)
    .filter(({ name }) => name === peer)
    .sort((a, b) => (a.ratio ?? 0) - (b.ratio ?? 0))[0];
const isMet = (result: Stored, goal: Goal) => (fastest(result, goal)?.ratio ?? 0) >= goal.ratio;
const brief = (x: number) => (x >= 100 ? String(Math.round(x)) : String(Number(x.toPrecision(3))));

if (import.meta.main) {
  parseOptions({ options: {} });
  for (const [mark, table] of Object.entries(speedTables())) console.log(`${mark}\n${table}\n`);
}
