/** The table of docs/speed.md about a library on a server, from bench/results. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

interface Engine {
  readonly kind: "sqlite" | "postgres";
  readonly version: string;
  readonly searches: readonly { readonly kind: string; readonly p50: number; readonly p99: number }[];
  readonly recall: number;
  readonly processMiB: number;
  readonly serverMiB?: number;
  readonly tablesMiB: number;
  readonly indexMiB: number;
  readonly indexSeconds: number;
  readonly indexed: readonly { readonly workers: number; readonly how: string; readonly photosPerSecond: number }[];
}

interface Served {
  readonly engines: readonly Engine[];
  readonly wasm: boolean;
  readonly machine: string;
  readonly load: number;
}

/** Milliseconds that half of the searches are to keep below on a server, and the least recall. */
const goals: Readonly<Record<string, number>> = { exact: 50, approximate: 5, filtered: 50 };
const leastRecall = 0.95;

/** Undefined where nothing was measured. */
export function serverTable(folder = resolve(import.meta.dirname, "results"), faces = 100_000): string | undefined {
  const path = resolve(folder, `server-${faces}.json`);
  if (!existsSync(path)) return undefined;
  const { engines, wasm, machine, load } = JSON.parse(readFileSync(path, "utf8")) as Served;
  const [file, server] = ["sqlite", "postgres"].map((kind) => engines.find((one) => one.kind === kind)) as [Engine, Engine];
  const both = (of: (engine: Engine) => string): readonly string[] => [of(file), of(server)];
  const searches = ["exact", "approximate", "filtered"].map((kind) => {
    const of = ({ searches }: Engine) => searches.find((one) => one.kind === kind) ?? { p50: Number.NaN, p99: Number.NaN };
    const goal = goals[kind] as number;
    const words = both((engine) => `${of(engine).p50} ms (p99 ${of(engine).p99})`);
    return [`${kind} search`, ...words, `${goal} ms, ${of(server).p50 <= goal ? "met" : "missed"}`];
  });
  const met = server.recall >= leastRecall ? "met" : "missed";
  const indexed = file.indexed.map(({ workers }, i) => [
    `photos indexed, ${workers} ${workers === 1 ? "worker" : "workers"}`,
    ...both((engine) => `${engine.indexed[i]?.photosPerSecond} a second`),
    "",
  ]);
  const rows = [
    ["", `SQLite ${file.version}`, `PostgreSQL ${server.version}${wasm ? ", as WebAssembly" : ""}`, "goal on the server"],
    ["---", "---:", "---:", "---"],
    ...searches,
    ["approximate search finds", ...both(({ recall }) => `${(100 * recall).toFixed(1)} %`), `${100 * leastRecall} %, ${met}`],
    ["its index is made in", ...both(({ indexSeconds }) => `${indexSeconds} s`), ""],
    ["rows", ...both(({ tablesMiB }) => `${tablesMiB} MiB`), ""],
    ["index for approximate search", ...both(({ indexMiB }) => `${indexMiB} MiB`), ""],
    ["memory of the process that asks", ...both(({ processMiB }) => `${processMiB} MiB`), ""],
    ["memory of the server", "", server.serverMiB === undefined ? "not seen" : `${server.serverMiB} MiB`, ""],
    ...indexed,
  ];
  const note = wasm ? "\n\nPostgreSQL ran as WebAssembly, since no other was there. It says nothing of a server." : "";
  return `${rows.map((row) => `| ${row.join(" | ")} |`).join("\n")}${note}\n\n${machine}; load ${load.toFixed(1)} when it was measured.`;
}
