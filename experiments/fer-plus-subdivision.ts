/**
 * Algorithm 2 on FER+, five levels to five kinds of each expression: do the kinds name expressions better than one Gaussian a class, and are
 * they the same kinds again from another seed?
 *
 *   npm run experiment -- fer-plus-subdivision --data DIR --starts RUNS [--only kinds-0,kinds-1,plain-0] [--threads 1]
 *   npm run experiment -- fer-plus-subdivision --table      # the table, from results/
 *
 * ResNet18 of width 32, each from the weights of the finished SGM run of its seed (RUNS/sgm-0, RUNS/sgm-1 of fer-plus-resnet18), five
 * levels of two epochs: 20 minutes on one core. `plain` has the same levels, epochs and starts of the schedule, and no kinds: batches of
 * 48 a class where levels 2 to 5 of the others have 256 to 640 faces. Folders are kept in runs/fer-plus-subdivision and go on after any stop.
 *
 * Paper, Figures 7 to 9 and section 4.2.3: pictures, no numbers.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  accuracy,
  adjustedRandIndex,
  type Embeddings,
  fitSubclassGaussians,
  logLoss,
  type McNemar,
  mcnemar,
  type SubclassGaussians,
} from "@semblant/core";
import { compareSpaces, type EvaluatedRun, evaluateSpace, subdivideData } from "@semblant/lab";
import { setThreads } from "@semblant/torch";
import { loadSubdivision } from "@semblant/training";
import { gaussianWidthOf } from "@semblant/training/settings";
import { parseOptions, refuse } from "../bench/options.ts";
import { machine } from "../bench/result.ts";
import { type Measured, markdownTable, withInterval } from "./markdown.ts";

const LEVELS = 5;
const ways: Readonly<Record<string, { readonly seed: number; readonly subclasses: number; readonly perSubclass: number }>> = {
  "kinds-0": { seed: 0, subclasses: 5, perSubclass: 16 },
  "kinds-1": { seed: 1, subclasses: 5, perSubclass: 16 },
  "plain-0": { seed: 0, subclasses: 1, perSubclass: 48 },
};
const file = resolve(import.meta.dirname, "results/fer-plus-subdivision.json");

/** Percent of the 3,137 test faces, and nats; `level` 1 is before anything was parted. */
interface Row {
  readonly way: string;
  readonly level: number;
  readonly subclasses: number;
  readonly neighbors: Measured;
  readonly nmi: Measured;
  readonly oneGaussian: number;
  readonly subclassGaussians: number;
  readonly oneGaussianLogLoss: number;
  readonly subclassLogLoss: number;
}
interface Paired {
  readonly first: string;
  readonly second: string;
  readonly points: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly p: number;
  readonly nmi?: { readonly value: number; readonly low: number; readonly high: number };
}
interface Result {
  readonly rows: readonly Row[];
  readonly paired: readonly Paired[];
  /** Adjusted Rand index within each expression of the parts that two seeds find among its training faces: 0 is chance, 1 the same. */
  readonly stability: Readonly<Record<string, number>>;
}

/** What was measured of a level, and what the comparisons need. */
interface Level {
  readonly row: Row;
  readonly run: EvaluatedRun;
  readonly model: SubclassGaussians;
  readonly right: { readonly one: Uint8Array; readonly several: Uint8Array };
}

const { values } = parseOptions({
  options: {
    data: { type: "string" },
    starts: { type: "string", default: "runs/fer-plus-resnet18" },
    only: { type: "string", default: Object.keys(ways).join(",") },
    out: { type: "string", default: "runs/fer-plus-subdivision" },
    threads: { type: "string" },
    table: { type: "boolean", default: false },
  },
});

if (import.meta.main) {
  if (!values.table) await main();
  console.log(subdivisionTable());
}

async function main(): Promise<void> {
  if (values.threads !== undefined) setThreads(Number(values.threads));
  const last: Record<string, Level> = {};
  const rows: Row[] = [];
  for (const way of values.only.split(",")) {
    const dir = await trained(way);
    for (const level of way.startsWith("plain") ? [LEVELS] : [1, LEVELS]) {
      const measured = await measure(way, dir, level);
      rows.push(measured.row);
      if (level === LEVELS) last[way] = measured;
      console.log(JSON.stringify(measured.row));
    }
  }
  const paired = Object.entries(last)
    .filter(([way]) => way.startsWith("kinds"))
    .flatMap(([way, kinds]) => comparisons(way, kinds, last["plain-0"]));
  const [a, b] = [last["kinds-0"], last["kinds-1"]];
  const stability = a && b ? agreement(a, b) : {};
  const dataset = { name: "FER+", split: "test", n: a?.run.dataset.n };
  const whole = { experiment: "fer-plus-subdivision", dataset, network: "resnet18, width 32", machine: machine(), rows, paired, stability };
  writeFileSync(file, `${JSON.stringify(whole, null, 2)}\n`);
}

/** The folder of a way's levels, trained now as far as they are missing. */
async function trained(way: string): Promise<string> {
  const { seed, subclasses, perSubclass } = ways[way] ?? {};
  if (seed === undefined) refuse(`there is no way ${way}; known: ${Object.keys(ways).join(", ")}.`);
  const out = resolve(values.out, way);
  if (existsSync(resolve(out, `level-${LEVELS}/level.json`))) return out;
  if (values.data === undefined) refuse("expected the folder of FER+ with --data.");
  const start = resolve(values.starts, `sgm-${seed}`, "best.safetensors");
  const overrides = [
    `data.source=${resolve(values.data)}`,
    "network.baseChannels=32",
    "loss.leaveOneOut=false", // the loss as published
    `network.weights=${start}`,
    "optimizer.learningRate=0.001",
    "schedule.warmup=0.2",
    "epochs=2",
    "validation.every=2",
    `seed=${seed}`,
    `subdivision.subclasses=${subclasses}`,
    `subdivision.perSubclass=${perSubclass}`,
  ];
  await subdivideData(existsSync(resolve(out, "subdivision.json")) ? { resume: out } : { overrides, out });
  return out;
}

/** Embeds with a level's network; its own Gaussians, each class's kinds sharing the class's prior, beside one Gaussian a class. */
async function measure(way: string, dir: string, level: number): Promise<Level> {
  const run = (await evaluateSpace(`${dir}/level-${level}`)) as EvaluatedRun;
  const { network, gaussians } = loadSubdivision(dir, { level });
  network.dispose();
  const { train, test } = run.embeddings;
  const kinds = kindsOf(gaussians, train);
  const sigma = gaussianWidthOf(run.settings.loss) as number;
  const model = fitSubclassGaussians(train, { subclasses: kinds, parents: gaussians.parents, sigma, priors: "equal classes" });
  const truth = run.evaluation.truth;
  const classes = run.evaluation.classes.length;
  const one = fitSubclassGaussians(train, { subclasses: train.labels as Int32Array, parents: [...Array(classes).keys()], sigma });
  const right = (of: SubclassGaussians) => Uint8Array.from(of.classify(test).predicted, (c, i) => (c === truth[i] ? 1 : 0));
  const { accuracy: neighbors, nmi } = run.evaluation.metrics;
  const percent = (of: SubclassGaussians) => 100 * accuracy(truth, of.classify(test).predicted);
  const row = {
    way,
    level,
    subclasses: model.subclasses,
    neighbors,
    nmi,
    oneGaussian: percent(one),
    subclassGaussians: percent(model),
    oneGaussianLogLoss: logLoss(truth, one.posterior(test), classes),
    subclassLogLoss: logLoss(truth, model.posterior(test), classes),
  };
  return { row, run, model, right: { one: right(one), several: right(model) } };
}

/** (rows): the likeliest kind of each face among those of its own class. */
function kindsOf({ parents, subclasses, gaussians }: SubclassGaussians, X: Embeddings): Int32Array {
  const posterior = gaussians.posterior(X);
  return Int32Array.from(X.labels as Int32Array, (label, i) => {
    const own = [...parents.keys()].filter((s) => parents[s] === label);
    const at = (s: number) => posterior[i * subclasses + s] as number;
    return own.reduce((most, s) => (at(s) > at(most) ? s : most));
  });
}

function comparisons(way: string, kinds: Level, plain: Level | undefined): Paired[] {
  const within = mcnemar(kinds.right.several, kinds.right.one);
  const points = kinds.row.subclassGaussians - kinds.row.oneGaussian;
  const own = { first: `${way}, kinds' Gaussians`, second: `${way}, one Gaussian a class`, points, ...only(within) };
  if (plain === undefined) return [own];
  const { differences, mcnemar: tests } = compareSpaces(kinds.run, plain.run);
  const { value, low, high } = differences.nmi;
  const against = { first: `${way}, 11-NN`, second: "plain-0, 11-NN", points: differences.accuracy.value, ...only(tests.accuracy) };
  const best = mcnemar(kinds.right.several, plain.right.one);
  const named = kinds.row.subclassGaussians - plain.row.oneGaussian;
  return [
    own,
    { ...against, nmi: { value, low, high } },
    { first: `${way}, kinds' Gaussians`, second: "plain-0, one Gaussian a class", points: named, ...only(best) },
  ];
}

function only({ onlyFirst, onlySecond, p }: McNemar): Pick<Paired, "onlyFirst" | "onlySecond" | "p"> {
  return { onlyFirst, onlySecond, p };
}

/** How far two trainings part each class's training faces alike. */
function agreement(a: Level, b: Level): Record<string, number> {
  const [first, second] = [a, b].map(({ model, run }) => kindsOf(model, run.embeddings.train)) as [Int32Array, Int32Array];
  const labels = a.run.embeddings.train.labels as Int32Array;
  return Object.fromEntries(
    a.run.evaluation.classes.map((name, c) => {
      const rows = [...labels.keys()].filter((i) => labels[i] === c);
      const of = (kinds: Int32Array) => rows.map((i) => kinds[i] as number);
      return [name, adjustedRandIndex(of(first), of(second))];
    }),
  );
}

/** A row a way and level, from results/fer-plus-subdivision.json. */
export function subdivisionTable(): string {
  const { rows } = JSON.parse(readFileSync(file, "utf8")) as Result;
  const lines = rows.map((row) => [
    `${row.way.replace("kinds", "sub-classes")}, level ${row.level}: ${row.subclasses} Gaussians`,
    withInterval(row.neighbors),
    withInterval(row.nmi),
    `${row.oneGaussian.toFixed(1)} / ${row.subclassGaussians.toFixed(1)}`,
    `${row.oneGaussianLogLoss.toFixed(3)} / ${row.subclassLogLoss.toFixed(3)}`,
  ]);
  const head = ["", "accuracy, 11-NN", "NMI", "accuracy, one Gaussian per class / the level's", "log-loss, likewise"];
  return markdownTable(head, lines);
}
