/** The table of the last long torture in docs/promises.md, from torture/results; `npm run torture:table` puts it there. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a torture leaves in torture/results. */
export interface Record {
  readonly day: string;
  readonly minutes: number;
  readonly seed: number;
  readonly machine: string;
  readonly checks: readonly CheckRecord[];
}

export interface CheckRecord {
  readonly name: string;
  readonly description: string;
  readonly cases: number;
  readonly failed: number;
  readonly seconds: number;
  readonly notes: readonly string[];
  readonly skipped?: string;
  readonly failures: readonly { readonly what: string; readonly times: number; readonly file: string }[];
}

export const resultsFolder = join(import.meta.dirname, "results");

/** The table of a record. */
export function tableOf({ day, minutes, seed, machine, checks }: Record): string {
  const rows = checks.map(({ name, description, cases, failed, notes, skipped }) => [
    name,
    description,
    skipped === undefined ? cases.toLocaleString("en-US") : `left out: ${skipped}`,
    skipped === undefined ? String(failed) : "",
    notes.join("; "),
  ]);
  const lines = [["check", "what it does", "cases", "failed", ""], ["---", "---", "---:", "---:", "---"], ...rows];
  return `${lines.map((row) => `| ${row.join(" | ")} |`).join("\n")}\n\n${minutes} minutes on ${day}, seed ${seed}, ${machine}.`;
}

/** The table of the longest torture, the latest of these. */
export function tortureTable(folder = resultsFolder): string {
  const records = globSync("*.json", { cwd: folder }).map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Record);
  const [longest] = records.sort((a, b) => b.minutes - a.minutes || (b.day < a.day ? -1 : 1));
  return longest === undefined ? "No long torture has been recorded." : tableOf(longest);
}
