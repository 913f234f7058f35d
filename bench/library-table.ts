/** The table of docs/speed.md about large libraries and the command's start, from bench/results. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

interface Searched {
  readonly searches: readonly { readonly kind: string; readonly p50: number; readonly p99: number; readonly goal: number }[];
}
interface Asked {
  readonly questions: readonly {
    readonly question: string;
    readonly exponent: number;
    readonly growth: readonly { readonly seconds: number; readonly mib: number }[];
  }[];
}
interface Started {
  readonly seconds: Readonly<Record<string, number>>;
  readonly openingBestModelSeconds: number;
}

export function libraryTable(folder = resolve(import.meta.dirname, "results")): string {
  const read = <T>(name: string): T | undefined => {
    const path = resolve(folder, `${name}.json`);
    return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as T) : undefined;
  };
  const searches = ["100000", "1000000"].flatMap((faces) =>
    (read<Searched>(`search-${faces}`)?.searches ?? []).map(({ kind, p50, p99, goal }) => [
      `${kind} search, ${faces} faces`,
      `${p50} ms (p99 ${p99})`,
      "",
      verdict(p50, goal, "ms"),
    ]),
  );
  const questions = (read<Asked>("questions-100000")?.questions ?? []).map(({ question, exponent, growth }) => {
    const { seconds = 0, mib = 0 } = growth.at(-1) ?? {};
    return [`${question}, 100000 faces`, `${seconds} s`, `${mib} MiB; grows with exponent ${exponent}`, verdict(seconds, 15, "s")];
  });
  const start = read<Started>("start");
  const starts = (
    start === undefined
      ? []
      : [
          ["`semblant --help`", start.seconds["--help"] ?? 0, 0.15] as const,
          ["`semblant search`, 10000 photos", start.seconds.search ?? 0, 0.3] as const,
          ["opening the best model, in a new process", start.openingBestModelSeconds, 0.05] as const,
        ]
  ).map(([name, seconds, goal]) => [name, `${seconds} s`, "", verdict(seconds, goal, "s")]);
  const rows = [["", "takes", "", "goal"], ["---", "---:", "---", "---"], ...searches, ...questions, ...starts];
  return rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
}

const verdict = (value: number, goal: number, unit: string) => `${goal} ${unit}, ${value <= goal ? "met" : "missed"}`;
