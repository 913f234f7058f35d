/**
 * Is a face better left out of the mean that it is compared with (loss.leaveOneOut)? The preset `best` with the loss as published and with
 * leave-one-out means, everything else alike: generated faces at the demo's width, several seeds and sizes of batch, and FER+ at width 64.
 *
 *   npm run experiment -- leave-one-out --data DIR            every training that results/ does not have yet; minutes each on a GPU
 *   npm run experiment -- leave-one-out --only generated-10   without FER+
 *   npm run experiment -- leave-one-out --table
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { evaluateSpace, trainRun } from "@semblant/lab";
import { parseOptions, refuse } from "../bench/options.ts";
import { machine } from "../bench/result.ts";
import { markdownTable } from "./markdown.ts";

interface Group {
  readonly words: string;
  readonly settings: readonly string[];
  readonly splits: readonly ("test" | "validation")[];
  readonly seeds: number;
  readonly real?: boolean;
}

const drawn = ["data.source=generated", "network.baseChannels=16", "validation.gallery=1000", "precision=bfloat16"];
const real = ["network.baseChannels=64", "epochs=12", "validation.every=3", "precision=bfloat16"];
const ferPlus = { splits: ["validation", "test"], real: true } as const;
const groups: Readonly<Record<string, Group>> = {
  "generated-10": { words: "generated, 10, 800 steps", settings: [...drawn, "perClass=10", "steps=800"], splits: ["test"], seeds: 5 },
  "generated-30": { words: "generated, 30, 268 steps", settings: [...drawn, "perClass=30", "steps=268"], splits: ["test"], seeds: 5 },
  "fer-plus-10": { words: "FER+, 10", settings: [...real, "perClass=10"], seeds: 2, ...ferPlus },
  "fer-plus-30": { words: "FER+, 30", settings: [...real, "perClass=30"], seeds: 3, ...ferPlus },
  "fer-plus-square-root": { words: "FER+, 30, by square roots", settings: [...real, "sampler=square-root"], seeds: 1, ...ferPlus },
  "fer-plus-labels": { words: "FER+, 30, means by label", settings: [...real, "loss.means=labels"], seeds: 1, ...ferPlus },
};

const metrics = ["accuracy", "gaussianAccuracy", "macroF1", "nmi"] as const;
interface Measured {
  readonly group: string;
  readonly leaveOneOut: boolean;
  readonly seed: number;
  readonly split: "test" | "validation";
  /** Percent. */
  readonly metrics: Readonly<Record<(typeof metrics)[number], number>>;
  readonly machine: string;
}

const file = resolve(import.meta.dirname, "results/leave-one-out.json");
const kept = (): Measured[] => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).measured : []);

/** Two rows for each group and split: as published, and with leave-one-out means. Means over seeds, the least and the greatest. */
export function leaveOneOutTable(): string {
  const all = kept();
  const rows = Object.entries(groups).flatMap(([group, { words, splits }]) =>
    splits.flatMap((split) =>
      [false, true].flatMap((leaveOneOut) => {
        const own = all.filter((one) => one.group === group && one.split === split && one.leaveOneOut === leaveOneOut);
        if (own.length === 0) return [];
        const name = `${words}, ${split}: ${leaveOneOut ? "leave-one-out" : "as published"}`;
        return [[name, String(own.length), ...metrics.map((metric) => shown(own.map((one) => one.metrics[metric])))]];
      }),
    ),
  );
  return markdownTable(["", "seeds", "accuracy, 11-NN", "by Gaussians", "macro-F1", "NMI"], rows);
}

function shown(numbers: readonly number[]): string {
  const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  if (numbers.length === 1) return mean.toFixed(1);
  return `${mean.toFixed(1)} <sub>${Math.min(...numbers).toFixed(1)}–${Math.max(...numbers).toFixed(1)}</sub>`;
}

if (import.meta.main) await main();

async function main(): Promise<void> {
  const { values } = parseOptions({
    options: {
      data: { type: "string" },
      only: { type: "string", default: Object.keys(groups).join(",") },
      out: { type: "string", default: "runs/leave-one-out" },
      threads: { type: "string" },
      table: { type: "boolean", default: false },
    },
  });
  for (const group of values.table ? [] : values.only.split(",")) {
    const asked = groups[group];
    if (asked === undefined) refuse(`there is no group ${group}; known: ${Object.keys(groups).join(", ")}.`);
    if (asked.real && values.data === undefined) refuse("expected the folder of FER+ with --data.");
    for (let seed = 0; seed < asked.seeds; seed++)
      for (const leaveOneOut of [false, true]) await one(group, asked, { seed, leaveOneOut, ...values });
  }
  console.log(leaveOneOutTable());
}

async function one(
  group: string,
  { settings, splits, real }: Group,
  { seed, leaveOneOut, data, out, threads }: { seed: number; leaveOneOut: boolean; data?: string; out: string; threads?: string },
): Promise<void> {
  const same = (one: Measured) => one.group === group && one.seed === seed && one.leaveOneOut === leaveOneOut;
  if (kept().some(same)) return;
  const run = resolve(out, `${group}-${leaveOneOut ? "left-out" : "published"}-${seed}`);
  rmSync(run, { recursive: true, force: true });
  const source = real ? [`data.source=${resolve(data as string)}`] : [];
  const overrides = [...settings, ...source, `loss.leaveOneOut=${leaveOneOut}`, `seed=${seed}`];
  const on = threads === undefined ? {} : { threads: Number(threads) };
  await trainRun({ overrides, out: run, ...on });
  for (const split of splits) {
    const { evaluation } = await evaluateSpace(run, { split, bootstrap: 0, ...on });
    const found = Object.fromEntries(
      metrics.map((metric) => [metric, Number((evaluation.metrics[metric]?.value ?? Number.NaN).toFixed(2))]),
    );
    const measured = [...kept(), { group, leaveOneOut, seed, split, metrics: found, machine: machine() }];
    writeFileSync(file, `${JSON.stringify({ experiment: "leave-one-out", measured }, null, 2)}\n`);
  }
}
