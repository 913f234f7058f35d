/**
 * What the ratios were at earlier commits, so that a slower one is seen: bench/history.json holds each result's ratio to its fastest peer with
 * the spread of its rounds. Noise is expected: a figure counts as slower only where the two spreads do not meet, on the same processor.
 *
 *   npm run bench -- history [--add]     --add keeps what bench/results holds now; the status is 1 where something is slower
 */
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { parseOptions } from "./options.ts";
import type { Comparison } from "./result.ts";

/** A ratio with the least and the most of its rounds. */
export type Figure = readonly [ratio: number, least: number, most: number];
export interface Kept {
  readonly commit: string;
  readonly machine: string;
  readonly figures: Readonly<Record<string, Figure>>;
}
export interface Change {
  readonly name: string;
  readonly before: Figure;
  readonly now: Figure;
  /** The commit that `before` is of. */
  readonly since: string;
  readonly verdict: "slower" | "faster" | "as before";
}

const file = resolve(import.meta.dirname, "history.json");

/** The results of a folder, by the commit and the machine that they were made with. */
export function keptOf(folder = resolve(import.meta.dirname, "results")): readonly Kept[] {
  const all = new Map<string, { commit: string; machine: string; figures: Record<string, Figure> }>();
  for (const path of globSync("*.json", { cwd: folder }).sort()) {
    const { ratio, peers, machine, commit } = JSON.parse(readFileSync(resolve(folder, path), "utf8")) as Comparison &
      Record<string, string>;
    const fastest = peers?.find((row) => row.ratio === ratio);
    if (fastest === undefined || commit === undefined || machine === undefined) continue;
    const key = `${commit} ${machine}`;
    const kept = all.get(key) ?? { commit, machine, figures: {} };
    kept.figures[basename(path, ".json")] = [ratio, ...fastest.spread];
    all.set(key, kept);
  }
  return [...all.values()];
}

/** What was kept, oldest first, with these results after it; those of a commit and machine that are there already take their place. */
export function withResults(history: readonly Kept[], results: readonly Kept[]): readonly Kept[] {
  const same = (a: Kept, b: Kept) => a.commit === b.commit && a.machine === b.machine;
  const merged = history.map((kept) => {
    const again = results.find((one) => same(one, kept));
    return again === undefined ? kept : { ...kept, figures: { ...kept.figures, ...again.figures } };
  });
  return [...merged, ...results.filter((one) => !history.some((kept) => same(one, kept)))];
}

/** Each figure of now beside the last one before it on the same machine. */
export function changesOf(history: readonly Kept[], results: readonly Kept[]): readonly Change[] {
  return results.flatMap(({ commit, machine, figures }) =>
    Object.entries(figures).flatMap(([name, now]): readonly Change[] => {
      const last = history.findLast((kept) => kept.machine === machine && kept.commit !== commit && name in kept.figures);
      const before = last?.figures[name];
      if (last === undefined || before === undefined) return [];
      return [{ name, before, now, since: last.commit, verdict: verdictOf(before, now) }];
    }),
  );
}

function verdictOf([, least, most]: Figure, [, leastNow, mostNow]: Figure): Change["verdict"] {
  if (mostNow < least) return "slower";
  return leastNow > most ? "faster" : "as before";
}

if (import.meta.main) {
  const { values } = parseOptions({ options: { add: { type: "boolean", default: false } } });
  const history: readonly Kept[] = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
  const results = keptOf();
  const changes = changesOf(history, results);
  for (const { name, before, now, since, verdict } of changes) {
    console.log(`${name}: ${inWords(now)}; at ${since} ${inWords(before)}: ${verdict}`);
  }
  if (changes.length === 0) console.log("nothing of an earlier commit on this machine to compare with");
  if (values.add) writeFileSync(file, `${JSON.stringify(withResults(history, results), null, 1)}\n`);
  if (changes.some(({ verdict }) => verdict === "slower")) process.exitCode = 1;
}

function inWords([ratio, least, most]: Figure): string {
  return `${ratio} (${least} to ${most})`;
}
