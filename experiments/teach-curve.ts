/**
 * How well a class is known that was taught from k faces, with no training: accuracy against k, for each expression of FER+ in turn.
 *
 *   npm run experiment -- teach-curve --run DIR [--data DIR] [--draws 20] [--threads 1]
 *
 * One class is left out of the Gaussians of a run's training faces, and taught again from k validation faces drawn by lot (training faces
 * where validation has too few); test faces are named by the seven Gaussians and the taught one. The network is the same throughout and
 * has seen the class in training: this is how well the space can be re-labelled, and an upper bound for looks that no one had in mind.
 *
 * Disgust and contempt have 16 and 15 test faces: a face is six points of theirs, 0.8 of the mean.
 *
 * - taught: the class's recall and that of the other seven, classes weighing equally
 * - uncorrected: the same with the mean of k faces taken for the true one, as a nearest-mean classifier does
 * - all: the class's Gaussian from all of its training faces, as the model ships it
 *
 * About five minutes on one core of a recent EPYC, most of it for embedding 31,373 faces.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { addTaught, Embeddings, fitGaussians, logDensityOfTaught, Random, teachClass } from "@semblant/core";
import { curves, writePicture } from "@semblant/lab";
import { setThreads } from "@semblant/torch";
import { embed, loadRun } from "@semblant/training";
import { gaussianWidthOf, openData, withoutTeachers } from "@semblant/training/settings";
import { commit } from "../bench/commit.ts";
import { parseOptions, refuse } from "../bench/options.ts";
import { machine } from "../bench/result.ts";

const counts = [1, 2, 4, 8, 16, 32, 64];

const { values } = parseOptions({
  options: {
    run: { type: "string" },
    data: { type: "string" },
    draws: { type: "string", default: "20" },
    threads: { type: "string" },
    picture: { type: "string", default: resolve(import.meta.dirname, "../docs/images/teach-curve.png") },
  },
});
if (values.run === undefined) refuse("expected the folder of a run with --run.");
if (values.threads !== undefined) setThreads(Number(values.threads));
const draws = Number(values.draws);
const began = performance.now();

const { network, settings, classes } = loadRun(values.run);
const data = await openData({
  ...withoutTeachers(settings.data),
  labels: "majority",
  ...(values.data !== undefined && { source: values.data }),
});
const [train, validation, test] = (["train", "validation", "test"] as const).map((split) => {
  console.log(`embedding ${data[split].images.count} ${split} faces ...`);
  return embed(network, data[split], { precision: settings.precision });
}) as [Embeddings, Embeddings, Embeddings];
network.dispose();

const sigma = gaussianWidthOf(settings.loss) as number;
const whole = fitGaussians(train, { sigma });
const rows = (X: Embeddings, label: number) =>
  Array.from(X.labels as Int32Array, (own, row) => (own === label ? row : -1)).filter((row) => row >= 0);

/** Recall of each class, from the name that each test face gets. */
function recalls(nameOf: (row: number) => number): number[] {
  const named = Array.from((test.labels as Int32Array).keys(), nameOf);
  return classes.map((_, c) => {
    const own = rows(test, c);
    return (100 * own.filter((row) => named[row] === c).length) / own.length;
  });
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
const others = (all: readonly number[], label: number) => mean(all.filter((_, c) => c !== label));

const shipped = whole.posterior(test);
const best = (posterior: ArrayLike<number>, row: number) => {
  let top = 0;
  for (let c = 1; c < classes.length; c++)
    if ((posterior[row * classes.length + c] as number) > (posterior[row * classes.length + top] as number)) top = c;
  return top;
};
const all = recalls((row) => best(shipped, row));

interface Measured {
  readonly class: string;
  readonly k: number;
  readonly draws: number;
  readonly from: "validation" | "training";
  /** Percent of the class's test faces, mean over draws, and the deviation from draw to draw. */
  readonly recall: number;
  readonly deviation: number;
  readonly othersRecall: number;
  readonly uncorrectedRecall: number;
  readonly uncorrectedOthersRecall: number;
}

const measured: Measured[] = [];
for (const [label, name] of classes.entries()) {
  // The seven others, and how far their faces lie from their means.
  const kept = rows(train, -1).concat(...classes.map((_, c) => (c === label ? [] : rows(train, c))));
  const known = train.take(kept);
  const renumbered = Int32Array.from(known.labels as Int32Array, (c) => (c > label ? c - 1 : c));
  const seven = fitGaussians(
    new Embeddings(known.values, known.columns, { labels: renumbered, classes: classes.filter((_, c) => c !== label) }),
    { sigma },
  );
  const spread = fitGaussians(known).sigmas.find((width) => width > 0) as number;
  const { posterior, logDensity } = seven.answer(test);
  const nameOf = (answers: Float64Array) => (row: number) => {
    const c = best(answers, row); // the taught class stands last
    return c === classes.length - 1 ? label : c >= label ? c + 1 : c;
  };
  for (const k of counts) {
    const from = rows(validation, label).length >= k ? "validation" : "training";
    const pool = from === "validation" ? validation : train;
    const candidates = rows(pool, label);
    if (candidates.length < k) continue;
    const runs = Array.from({ length: draws }, (_, draw) => {
      const drawn = new Random(draw).fork(`${name} ${k}`).permutation(candidates.length).subarray(0, k);
      const taught = teachClass(pool.take(Array.from(drawn, (at) => candidates[at] as number)), {
        spread: known.columns * spread ** 2,
        known: known.rows,
      });
      const said = (one: typeof taught) =>
        recalls(
          nameOf(
            addTaught({ posterior, logDensity }, [logDensityOfTaught(test, one, { sigma })], { classes: classes.length - 1 }).posterior,
          ),
        );
      return { fair: said(taught), naive: said({ ...taught, count: Infinity }) };
    });
    const own = runs.map(({ fair }) => fair[label] as number);
    measured.push({
      class: name,
      k,
      draws,
      from,
      recall: mean(own),
      deviation: Math.sqrt(mean(own.map((value) => (value - mean(own)) ** 2))),
      othersRecall: mean(runs.map(({ fair }) => others(fair, label))),
      uncorrectedRecall: mean(runs.map(({ naive }) => naive[label] as number)),
      uncorrectedOthersRecall: mean(runs.map(({ naive }) => others(naive, label))),
    });
  }
  console.log(
    `${name}: ${measured
      .filter((one) => one.class === name)
      .map(({ k, recall }) => `${k} ${recall.toFixed(0)} %`)
      .join(", ")}; all ${all[label]?.toFixed(0)} %`,
  );
}

/** Mean over the classes that have every count. */
const full = counts.filter((k) => measured.filter((one) => one.k === k).length === classes.length);
const over = (k: number, of: (one: Measured) => number) => mean(measured.filter((one) => one.k === k).map(of));
const series = [
  {
    name: "taught class",
    points: full.map((k) => {
      const half = 1.96 * Math.sqrt(over(k, ({ deviation }) => deviation ** 2) / draws / classes.length);
      const y = over(k, ({ recall }) => recall);
      return { x: k, y, low: y - half, high: y + half };
    }),
  },
  { name: "other seven", points: full.map((k) => ({ x: k, y: over(k, ({ othersRecall }) => othersRecall) })) },
  { name: "uncorrected", points: full.map((k) => ({ x: k, y: over(k, ({ uncorrectedRecall }) => uncorrectedRecall) })) },
  { name: "all its faces", points: full.map((k) => ({ x: k, y: mean(all) })), published: true },
];
const svg = await curves({
  series,
  x: { label: "faces it is taught from", log: true },
  y: { label: "recall, % (mean of 8 classes)", from: 20, to: 80 },
  width: 4.5,
});
await writePicture(values.picture, svg);

const result = {
  experiment: "teach-curve",
  run: "fer-plus-resnet18-wide-sgm-0",
  dataset: { name: data.name, labels: data.labelSource, n: { train: train.rows, validation: validation.rows, test: test.rows } },
  protocol: "one class left out of the Gaussians and taught from k faces, the same network; recall on test faces, mean over draws",
  sigma,
  all: Object.fromEntries(classes.map((name, c) => [name, all[c]])),
  measured,
  mean: full.map((k) => ({
    k,
    recall: over(k, ({ recall }) => recall),
    othersRecall: over(k, ({ othersRecall }) => othersRecall),
    uncorrectedRecall: over(k, ({ uncorrectedRecall }) => uncorrectedRecall),
    uncorrectedOthersRecall: over(k, ({ uncorrectedOthersRecall }) => uncorrectedOthersRecall),
  })),
  machine: machine(),
  commit: commit(),
  seconds: Math.round((performance.now() - began) / 1000),
};
const folder = resolve(import.meta.dirname, "results");
mkdirSync(folder, { recursive: true });
writeFileSync(resolve(folder, "teach-curve.json"), `${JSON.stringify(result, null, 2)}\n`);
for (const row of result.mean)
  console.log(
    `k ${row.k}: taught ${row.recall.toFixed(1)}, others ${row.othersRecall.toFixed(1)}; uncorrected ${row.uncorrectedRecall.toFixed(1)}, ${row.uncorrectedOthersRecall.toFixed(1)}`,
  );
