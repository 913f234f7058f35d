/**
 * What `core` measures beside scikit-learn and faiss, each with the same threads, on rows like those of FER+: 25,045 of training and 3,137 asked,
 * 64 columns, 8 classes of 5 sub-classes. Exact neighbours (k = 11), Recall@K, k-means (8 clusters, 10 restarts), mixtures of
 * 40 Gaussians by EM (10 iterations from one start), full and diagonal. In turn, medians, by the clock and by the processor.
 *
 *   npm run bench -- measuring [--rows 25045] [--queries 3137] [--threads 2] [--rounds 5] [--only neighbors,recall]     10 minutes on two cores
 *
 * Needs Debian's python3-sklearn and python3-faiss.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Beside, interleave, Peer } from "./interleave.ts";
import { missingModules, needsPython } from "./needs.ts";
import { parseOptions, refuse } from "./options.ts";
import { comparisonOf, record } from "./result.ts";
import { subclassRows } from "./subclass-rows.ts";

const { values } = parseOptions({
  options: {
    rows: { type: "string", default: "25045" },
    queries: { type: "string", default: "3137" },
    threads: { type: "string", default: "2" },
    rounds: { type: "string", default: "5" },
    only: { type: "string" },
    python: { type: "string", default: "/usr/bin/python3" },
  },
});

/** What both sides are told once. */
export interface MeasuringSetting {
  readonly threads: number;
  readonly columns: number;
  /** Files of numbers: (rows, columns) float32, (queries, columns) float32, (queries) int32, (40, columns) float64. */
  readonly rows: string;
  readonly queries: string;
  readonly labels: string;
  readonly start: string;
}
export type MeasuringOrder = { readonly times: number } & (
  | { readonly do: "neighbors" | "recall" }
  | { readonly do: "k-means"; readonly k: number; readonly restarts: number; readonly iterations: number; readonly tolerance?: number }
  | { readonly do: "mixture"; readonly covariance: "full" | "diagonal"; readonly iterations: number }
);
/** A peer: its module, how it is used, and what that takes. */
interface Way {
  readonly library: "sklearn" | "faiss";
  readonly how: string;
  readonly setting?: object;
  readonly env?: Readonly<Record<string, string>>;
}
interface Task {
  readonly order: MeasuringOrder;
  readonly beside: readonly Way[];
  readonly unit: string;
  readonly work: number;
}

const names = { sklearn: "scikit-learn", faiss: "faiss" } as const;
/** OpenBLAS as it chooses its kernels itself, which on a processor it does not know are the oldest; and told which to take. */
const kernels = [
  { how: "as installed" },
  ...kernelsHere().map(([set, core]) => ({ how: `OpenBLAS for ${set}`, env: { OPENBLAS_CORETYPE: core } })),
];
const ways = (library: Way["library"], more: Partial<Way> = {}): readonly Way[] =>
  kernels.map(({ how, ...rest }) => ({ library, ...rest, ...more, how: more.how === undefined ? how : `${more.how}, ${how}` }));
const queries = Number(values.queries);
const means = { do: "k-means", k: 8, restarts: 10, times: 1 } as const;
const nearest = { beside: [...ways("sklearn"), ...ways("faiss")], unit: "queries/s", work: queries };
const mixture = (covariance: "full" | "diagonal"): Task => ({
  order: { do: "mixture", covariance, iterations: 10, times: 1 },
  beside: ways("sklearn"),
  unit: "fits/s",
  work: 1,
});
const clusterings = { unit: "clusterings/s", work: 1 };
const tasks: Readonly<Record<string, Task>> = {
  neighbors: { order: { do: "neighbors", times: 1 }, ...nearest },
  recall: { order: { do: "recall", times: 2 }, ...nearest },
  "k-means": {
    order: { ...means, iterations: 300 },
    beside: [...ways("sklearn"), ...ways("sklearn", { how: "elkan", setting: { algorithm: "elkan" } })],
    ...clusterings,
  },
  "k-means-25": { order: { ...means, iterations: 25 }, beside: ways("faiss"), ...clusterings },
  "mixture-full": mixture("full"),
  "mixture-diagonal": mixture("diagonal"),
};

/** Of the names that OpenBLAS has for kernels, those that this processor can run. */
function kernelsHere(): readonly (readonly [set: string, core: string])[] {
  const flags = existsSync("/proc/cpuinfo") ? readFileSync("/proc/cpuinfo", "utf8") : "";
  const known = [
    ["avx2", "AVX2", "Haswell"],
    ["avx512f", "AVX-512", "SkylakeX"],
  ] as const;
  return known.filter(([flag]) => flags.includes(flag)).map(([, set, core]) => [set, core]);
}

const asked = values.only?.split(",") ?? Object.keys(tasks);
for (const name of asked) if (!(name in tasks)) refuse(`--only: expected some of ${Object.keys(tasks).join(", ")}, but got ${name}.`);
if (missingModules(values.python, ["sklearn", "faiss"]).length > 0) needsPython("measuring", values.python, ["sklearn", "faiss"]);

const folder = mkdtempSync(join(tmpdir(), "semblant-bench-"));
try {
  const setting = writeRows(folder);
  for (const name of asked) await compare(name, tasks[name] as Task, setting);
} finally {
  rmSync(folder, { recursive: true });
}

async function compare(name: string, { order, beside, unit, work }: Task, setting: MeasuringSetting): Promise<void> {
  const peers = resolve(import.meta.dirname, "peers");
  const ours = new Peer<MeasuringOrder, Said>([process.execPath, "--conditions=semblant-source", join(peers, "measuring.ts")], setting);
  const theirs = beside.map(({ library, setting: more, env }) => {
    const told = { ...setting, ...more, library };
    return new Peer<MeasuringOrder, Said>([values.python, join(peers, "measuring.py")], told, env);
  });
  const compared = await interleave(ours, theirs, order, Number(values.rounds));
  const said = await Promise.all([ours, ...theirs].map((side) => side.ask({ ...order, times: 1 })));
  const about = await Promise.all(theirs.map((peer) => peer.about));
  const rows = beside.map(({ library, how }, i) => ({ name: names[library], version: String(about[i]?.version), how }));
  record({
    ...comparisonOf({ name: `measuring-${name}`, unit, work }, compared, rows),
    answers: [["ours", said[0]], ...rows.map(({ name: peer, how }, i) => [`${peer}, ${how}`, said[i + 1]])].map(([who, one]) => {
      const { answer, iterations } = one as Said;
      return { who, answer, iterations };
    }),
    setting: {
      order,
      rows: Number(values.rows),
      queries,
      columns: setting.columns,
      threads: setting.threads,
      rounds: Number(values.rounds),
    },
    libraries: about.map(({ libraries }) => libraries),
  });
  for (const side of [ours, ...theirs]) side.end();
}

type Said = Beside & { readonly processor: number; readonly answer: unknown; readonly iterations?: number };

function writeRows(into: string): MeasuringSetting {
  const { rows, labels, means: start } = subclassRows(Number(values.rows) + queries, { columns: 64, spread: 2.5 });
  const file = (name: string, numbers: Float32Array | Float64Array | Int32Array) => {
    writeFileSync(join(into, name), new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
    return join(into, name);
  };
  return {
    threads: Number(values.threads),
    columns: 64,
    rows: file("rows.f32", rows.subarray(queries * 64)),
    queries: file("queries.f32", rows.subarray(0, queries * 64)),
    labels: file("labels.i32", labels.subarray(0, queries)),
    start: file("start.f64", start),
  };
}
