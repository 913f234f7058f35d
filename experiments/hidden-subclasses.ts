/**
 * Whether Algorithm 2 finds kinds of faces that nobody named: generated faces, whose expressions hide five kinds each (plain, glasses,
 * teeth, child, beard), trained with the names of the expressions only.
 *
 *   npm run experiment -- hidden-subclasses [--only subdivided,gradual,plain,pixels] [--seeds 0,1,2] [--threads 1] [-- loss.sigma=2]
 *   npm run experiment -- hidden-subclasses --table      # the table, from results/
 *
 * Four ways to the same number of sub-classes, split in the same manner (EM, diagonal covariances, five a class) and told how far they
 * match the hidden ones: normalised mutual information within each expression, of the training faces and of unseen people's.
 *
 * - subdivided: twelve short levels, all five sub-classes from the second on, begun while the embedding still holds what the
 *   expressions have no use for
 * - gradual: the paper's five levels with 1, 2, ... 5 sub-classes
 * - plain: the expressions only, the same steps and images a batch, starts of the schedule included: what is there without Algorithm 2
 * - pixels: the 32 principal components of the faces at 16 × 16
 *
 * ResNet18 of width 16, 480 steps of 240 faces a run: about 3 minutes a run on one core of a recent EPYC, half an hour in all.
 */
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { accuracy, classifyByNeighbors, Embeddings, findNeighbors, fitSubclassGaussians, nmiWithin, pca, Random } from "@semblant/core";
import { generateFaces, type LabeledImages } from "@semblant/datasets";
import { setThreads } from "@semblant/torch";
import {
  createSubdivision,
  embed,
  loadSubdivision,
  openSubdivision,
  type Split,
  type SubdivisionSettings,
  splitClasses,
  subdivide,
  subdivisionDefaults,
} from "@semblant/training";
import { type PartialSettings, resolveSettings } from "@semblant/training/settings";
import { commit } from "../bench/commit.ts";
import { parseOptions } from "../bench/options.ts";
import { machine } from "../bench/result.ts";
import { markdownTable } from "./markdown.ts";

const STEPS = 480;
const BATCH = 240;
const KINDS = 5;
const count = 4000;

const base: PartialSettings = {
  network: { baseChannels: 16 },
  loss: { leaveOneOut: false }, // as published
  perClass: BATCH / 8,
  ema: 0.99,
  data: { count },
  validation: { gallery: 1 },
};

/** Levels and what they hold, for each way that trains. */
const ways: Record<string, Partial<SubdivisionSettings>> = {
  subdivided: { levels: 12, growth: "at-once", perSubclass: BATCH / 8 / KINDS },
  gradual: { levels: 5, growth: "gradual", perSubclass: BATCH / 8 / KINDS },
  plain: { levels: 12, subclasses: 1, perSubclass: BATCH / 8 },
};
const order = [...Object.keys(ways), "pixels"];

interface Result {
  readonly way: string;
  readonly seed: number;
  /** Within-class NMI with the hidden kinds: of the training faces split anew, and of test faces given to the nearest of the same parts. */
  readonly train: number;
  readonly test: number;
  /** 11-NN accuracy of the expressions on test faces, in percent; trained ways only. */
  readonly accuracy?: number;
  /** Of the training faces, after each level. */
  readonly levels?: readonly (number | undefined)[];
  readonly seconds: number;
}

const { values, positionals } = parseOptions({
  allowPositionals: true,
  options: {
    only: { type: "string", default: order.join(",") },
    seeds: { type: "string", default: "0,1,2" },
    threads: { type: "string" },
    out: { type: "string", default: "runs/hidden-subclasses" },
    results: { type: "string", default: resolve(import.meta.dirname, "results") },
    subdivision: { type: "string", default: "{}" },
    table: { type: "boolean", default: false },
  },
});

if (import.meta.main) {
  if (!values.table) await main();
  console.log(hiddenSubclassesTable(values.results));
}

async function main(): Promise<void> {
  if (values.threads !== undefined) setThreads(Number(values.threads));
  const data = generateFaces({ count });
  for (const seed of values.seeds.split(",").map(Number)) {
    for (const way of values.only.split(",")) {
      const began = performance.now();
      const measured = way === "pixels" ? ofPixels(data.train, data.test, seed) : trained(way, seed);
      const result: Result = { way, seed, ...measured, seconds: Math.round((performance.now() - began) / 1000) };
      write(result);
      const classes = result.accuracy === undefined ? "" : `, expressions ${result.accuracy.toFixed(1)} %`;
      console.log(`${way} ${seed}: training ${result.train.toFixed(3)}, unseen people ${result.test.toFixed(3)}${classes}`);
    }
  }

  function trained(way: string, seed: number) {
    const of = { ...(ways[way] as Partial<SubdivisionSettings>), ...(JSON.parse(values.subdivision) as object) };
    const settings = resolveSettings({ ...base, seed, steps: STEPS / (of.levels as number) }, positionals);
    const dir = resolve(values.out, `${way}-${seed}`);
    const folder = existsSync(resolve(dir, "subdivision.json")) ? openSubdivision(dir) : createSubdivision(dir, settings, of);
    for (const { level, levels, report } of subdivide({ folder, data })) {
      if (report === undefined) continue;
      const match = report.hiddenNmi === undefined ? "" : `, hidden ${report.hiddenNmi.toFixed(3)}`;
      console.log(
        `${way} ${seed}: level ${level}/${levels} loss ${report.loss.toFixed(3)}, expressions ${report.neighborAccuracy?.toFixed(1)} %${match}`,
      );
    }
    const { network, reports } = loadSubdivision(dir);
    const [train, test] = [embed(network, data.train), embed(network, data.test)];
    network.dispose();
    const neighbors = classifyByNeighbors(findNeighbors(test, train, { k: 11 }), data.train.labels, 8);
    return {
      ...measure(train, test, data.train, data.test, seed),
      accuracy: 100 * accuracy(data.test.labels, neighbors.predicted),
      levels: reports.map(({ hiddenNmi }) => hiddenNmi),
    };
  }
}

/** Splits the training faces and gives the test faces to the parts of their class. */
function measure(train: Embeddings, test: Embeddings, of: LabeledImages, unseen: LabeledImages, seed: number) {
  const split = splitClasses(train, { settings: subdivisionDefaults, most: KINDS, random: new Random(seed).fork("measure") });
  const model = fitSubclassGaussians(train, { subclasses: split.labels, parents: split.parents });
  const posterior = model.subclassPosterior(test);
  const given = unseen.labels.map((label, i) => likeliest(posterior.subarray(i * model.subclasses), label, split));
  return {
    train: nmiWithin(of.labels, split.labels, of.subclasses as Int32Array),
    test: nmiWithin(unseen.labels, given, unseen.subclasses as Int32Array),
  };
}

/** The likeliest sub-class of a class. */
function likeliest(posterior: Float64Array, label: number, { parents }: Split): number {
  const candidates = [...parents.keys()].filter((s) => parents[s] === label);
  return candidates.reduce((a, b) => ((posterior[b] as number) > (posterior[a] as number) ? b : a));
}

function ofPixels(train: LabeledImages, test: LabeledImages, seed: number) {
  const all = pca(new Embeddings(Float32Array.from([...coarse(train), ...coarse(test)]), 256), 32).positions;
  const n = train.images.count;
  const part = (first: number, rows: number, { labels, classes }: LabeledImages) =>
    new Embeddings(Float32Array.from(all.subarray(first * 32, (first + rows) * 32)), 32, { labels, classes });
  return measure(part(0, n, train), part(n, test.images.count, test), train, test, seed);
}

/** (faces, 256): the mean of each 3 × 3 pixels, 0 to 1. */
function coarse({ images }: LabeledImages): Float32Array {
  const pixels = new Uint8Array(images.count * 2304);
  images.gather(
    Int32Array.from({ length: images.count }, (_, i) => i),
    pixels,
  );
  const values = new Float32Array(images.count * 256);
  pixels.forEach((value, p) => {
    const [image, row, column] = [Math.floor(p / 2304), Math.floor((p % 2304) / 48), p % 48];
    const at = image * 256 + Math.floor(row / 3) * 16 + Math.floor(column / 3);
    values[at] = (values[at] as number) + value / 9 / 255;
  });
  return values;
}

function write(result: Result): void {
  mkdirSync(values.results, { recursive: true });
  const settings = result.way === "pixels" ? undefined : openSubdivision(resolve(values.out, `${result.way}-${result.seed}`));
  const whole = {
    experiment: "hidden-subclasses",
    ...result,
    data: { name: "generated faces", count, difficulty: 1 },
    ...(settings && { settings: settings.settings, subdivision: settings.subdivision }),
    machine: machine(),
    commit: commit(),
  };
  writeFileSync(resolve(values.results, `hidden-subclasses-${result.way}-${result.seed}.json`), `${JSON.stringify(whole, null, 2)}\n`);
}

/** A row a way: the mean over seeds, the least and the greatest. */
export function hiddenSubclassesTable(folder = resolve(import.meta.dirname, "results")): string {
  const results = globSync("hidden-subclasses-*.json", { cwd: folder }).map(
    (file) => JSON.parse(readFileSync(resolve(folder, file), "utf8")) as Result,
  );
  const rows = order.flatMap((way) => {
    const runs = results.filter((result) => result.way === way);
    if (runs.length === 0) return [];
    const accuracies = runs.flatMap((run) => run.accuracy ?? []);
    return [
      [
        way,
        String(runs.length),
        shown(
          runs.map((run) => run.train),
          3,
        ),
        shown(
          runs.map((run) => run.test),
          3,
        ),
        accuracies.length === 0 ? "" : shown(accuracies, 1),
      ],
    ];
  });
  const head = ["", "seeds", "NMI within, training", "NMI within, unseen people", "expressions, 11-NN %"];
  return markdownTable(head, rows);
}

function shown(numbers: readonly number[], digits: number): string {
  const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length;
  return `${mean.toFixed(digits)} <sub>${Math.min(...numbers).toFixed(digits)}–${Math.max(...numbers).toFixed(digits)}</sub>`;
}
