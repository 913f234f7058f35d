/**
 * What it is worth to adapt a model to faces from elsewhere: accuracy against labelled faces per class, on other persons.
 *
 *   npm run experiment -- adapt --domains DIR [--models best,small] [--draws 20]     a minute per model on one core
 *   npm run experiment -- adapt --table
 *
 * DIR has folders with pictures and a labels.csv (path, label, subject). Faces are found and embedded as `evaluate` does it. Faces to adapt to
 * are drawn from the persons of odd number, k per class; the persons of even number are named, whom nothing was chosen on.
 *
 * - as it ships: the model's own Gaussians
 * - adapted: as `semblant adapt` does it, whose usual weights were chosen on the odd persons
 * - adapted --only: the same, where no other class than those of the faces is ever named
 * - class means: the mean of the k faces of each class, and one covariance half-way to a sphere, without the model's Gaussians
 * - without labels: the same Gaussians by expectation-maximisation on the faces of the odd persons, no label seen. It is not in the library:
 *   it makes one of the two sets worse
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { accuracy, adaptGaussians, Embeddings, GaussianClasses, type GaussianPrior, judgeAdaptation, Random } from "@semblant/core";
import { cholesky, inverseOfLower } from "@semblant/core/internals";
import { cardOf } from "@semblant/faces";
import { priorOfCard } from "@semblant/faces/internals";
import { curves, embedData, writePicture } from "@semblant/lab";
import { readModel } from "@semblant/photos/internals";
import { commit } from "../bench/commit.ts";
import { parseOptions, refuse } from "../bench/options.ts";
import { machine } from "../bench/result.ts";
import { markdownTable } from "./markdown.ts";
import { byClasses, half } from "./person-halves.ts";

const file = resolve(import.meta.dirname, "results/adapt.json");
const counts = [1, 3, 5, 10, 30];
const ways = ["adapted", "adapted --only", "class means"] as const;
/** Passes over the faces without labels; more change nothing. */
const passes = 6;

/** Percent right of the even persons' faces: mean over draws, and the deviation from draw to draw. */
interface Point {
  readonly k: number;
  readonly mean: number;
  readonly deviation: number;
}

interface Curve {
  readonly model: string;
  readonly set: string;
  readonly n: { readonly faces: number; readonly persons: number; readonly classes: number };
  readonly shipped: number;
  readonly unlabelled: number;
  readonly points: Readonly<Record<(typeof ways)[number], readonly Point[]>>;
}

const percentRight = (gaussians: GaussianClasses, X: Embeddings) => 100 * accuracy(X.labels as Int32Array, gaussians.classify(X).predicted);

/** k faces of each class, or all where there are fewer. */
function drawn(pool: Embeddings, k: number, random: Random): Embeddings {
  const labels = pool.labels as Int32Array;
  const order = random.permutation(pool.rows);
  const taken = new Map<number, number>();
  return pool.take(
    Array.from(order).filter((i) => {
      const c = labels[i] as number;
      taken.set(c, (taken.get(c) ?? 0) + 1);
      return (taken.get(c) as number) <= k;
    }),
  );
}

/** As `semblant adapt` does it: weights and width chosen on persons that are held out among these. */
function adapted(prior: GaussianPrior, faces: Embeddings, only: boolean): GaussianClasses {
  const judging = judgeAdaptation(prior, faces, { resamples: 0, only });
  for (;;) {
    const step = judging.next();
    if (step.done) return step.value.adapted;
  }
}

/** The faces' own means, and a covariance half-way to a sphere: what one does without a model's Gaussians. */
function classMeans(X: Embeddings): GaussianClasses {
  const { columns } = X;
  const labels = X.labels as Int32Array;
  const classes = X.classes?.length as number;
  const sizes = new Float64Array(classes);
  const means = new Float64Array(classes * columns);
  for (const c of labels) sizes[c] = (sizes[c] as number) + 1;
  X.values.forEach((value, at) => {
    const c = labels[Math.floor(at / columns)] as number;
    means[c * columns + (at % columns)] = (means[c * columns + (at % columns)] as number) + value / (sizes[c] as number);
  });
  const scatter = new Float64Array(columns ** 2);
  for (let i = 0; i < X.rows; i++) {
    const apart = Float64Array.from(X.row(i), (x, d) => x - (means[(labels[i] as number) * columns + d] as number));
    for (let a = 0; a < columns; a++)
      for (let b = 0; b < columns; b++)
        scatter[a * columns + b] = (scatter[a * columns + b] as number) + ((apart[a] as number) * (apart[b] as number)) / X.rows;
  }
  const variance = Array.from({ length: columns }, (_, d) => scatter[d * columns + d] as number).reduce((a, b) => a + b) / columns || 1;
  const mixed = scatter.map((value, at) => value / 2 + (at % (columns + 1) === 0 ? variance / 2 : 0));
  const priors = sizes.map((n) => Number(n > 0) / sizes.filter((one) => one > 0).length);
  const whitening = inverseOfLower(cholesky(mixed, columns) as Float64Array, columns);
  return new GaussianClasses({ columns, means, sigmas: new Float64Array(classes).fill(1), priors, whitening });
}

/** Expectation-maximisation of the same model without labels: each face counts for each class by its posterior, drawn once per pass. */
function unlabelled(prior: GaussianPrior, X: Embeddings, random: Random): GaussianClasses {
  let gaussians = prior.gaussians;
  for (let pass = 0; pass < passes; pass++) {
    const posterior = gaussians.posterior(X);
    const labels = Int32Array.from({ length: X.rows }, (_, i) => {
      let left = random.uniform();
      for (let c = 0; c < gaussians.classes; c++) {
        left -= posterior[i * gaussians.classes + c] as number;
        if (left <= 0) return c;
      }
      return gaussians.classes - 1;
    });
    gaussians = adaptGaussians(prior, new Embeddings(X.values, X.columns, { labels, classes: X.classes as readonly string[] }), {
      priors: Infinity,
    });
  }
  return gaussians;
}

async function measure(model: string, set: string, folder: string, draws: number): Promise<Curve> {
  const read = await embedData(model, { data: join(folder, "labels.csv"), split: "all" }, (text) => console.log(`${set}: ${text}`));
  if (read.people === undefined) refuse(`expected a column subject in ${join(folder, "labels.csv")}.`);
  const card = cardOf(await readModel(model));
  const prior = priorOfCard(card);
  const X = byClasses(read, card.classes);
  const [pool, judged] = [half(X, 1), half(X, 0)];
  const point = (k: number, way: (typeof ways)[number]): Point => {
    const values = Array.from({ length: draws }, (_, draw) => {
      const faces = drawn(pool, k, new Random(draw).fork(`${set} ${k}`));
      return percentRight(way === "class means" ? classMeans(faces) : adapted(prior, faces, way === "adapted --only"), judged);
    });
    const mean = values.reduce((sum, value) => sum + value, 0) / draws;
    return { k, mean, deviation: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws) };
  };
  return {
    model,
    set,
    n: { faces: judged.rows, persons: new Set(judged.people).size, classes: new Set(judged.labels).size },
    shipped: percentRight(prior.gaussians, judged),
    unlabelled: percentRight(unlabelled(prior, pool, new Random(0)), judged),
    points: Object.fromEntries(ways.map((way) => [way, counts.map((k) => point(k, way))])) as unknown as Curve["points"],
  };
}

const recorded = (): readonly Curve[] => JSON.parse(readFileSync(file, "utf8")).curves;

/** For a page of the docs: one row per set, by the first model. */
export function adaptShortTable(curvesOf: readonly Curve[] = recorded()): string {
  const first = curvesOf.filter(({ model }) => model === curvesOf[0]?.model);
  const digits = (x: number) => Math.round(x).toString();
  const titles: Readonly<Record<string, string>> = { taiwanese: "Taiwanese performers, 7 expressions", kdef: "KDEF, 3 expressions" };
  return markdownTable(
    ["% named rightly", "as it ships", ...counts.map((k) => `${k} per class`)],
    first.map(({ set, shipped, points }) => [titles[set] ?? set, digits(shipped), ...points.adapted.map(({ mean }) => digits(mean))]),
  );
}

/** One row per model, set and way. */
export function adaptTable(curvesOf: readonly Curve[] = recorded()): string {
  const digits = (x: number) => x.toFixed(1);
  const rows = curvesOf.flatMap(({ model, set, n, shipped, unlabelled: without, points }) =>
    ways.map((way, place) => [
      place === 0 ? `${set}, ${n.faces} faces of ${n.persons} persons, ${n.classes} classes: ${model}, ${way}` : `${set}: ${model}, ${way}`,
      place === 0 ? digits(shipped) : "",
      ...points[way].map(({ mean, deviation }) => `${digits(mean)} <sub>±${digits(deviation)}</sub>`),
      place === 0 ? digits(without) : "",
    ]),
  );
  return markdownTable(["% right", "as it ships", ...counts.map((k) => `${k} per class`), "without labels"], rows);
}

async function draw(curvesOf: readonly Curve[]): Promise<void> {
  const series = curvesOf
    .filter(({ model }) => model === curvesOf[0]?.model)
    .flatMap(({ set, points }) =>
      ways.map((way) => ({
        name: `${set}, ${way}`,
        points: points[way].map(({ k, mean, deviation }) => ({ x: k, y: mean, low: mean - deviation, high: mean + deviation })),
      })),
    );
  const svg = await curves({
    series,
    x: { label: "labelled faces per class", log: true },
    y: { label: "% right, other persons" },
    width: 4.5,
  });
  await writePicture(resolve(import.meta.dirname, "../docs/images/adapt-curve.png"), svg);
}

async function run(): Promise<void> {
  const { values } = parseOptions({
    options: {
      domains: { type: "string" },
      models: { type: "string", default: "best,small" },
      sets: { type: "string", default: "taiwanese,kdef" },
      draws: { type: "string", default: "20" },
      table: { type: "boolean" },
    },
  });
  if (values.table) {
    console.log(adaptTable());
    return;
  }
  const { domains } = values;
  if (domains === undefined) return refuse("expected the folder of the sets with --domains.");
  const began = performance.now();
  const measured: Curve[] = [];
  for (const model of values.models.split(","))
    for (const set of values.sets.split(",")) measured.push(await measure(model, set, join(domains, set), Number(values.draws)));
  const protocol =
    "k faces per class of the persons of odd number, drawn anew in each draw; accuracy on the persons of even number, mean and deviation over draws";
  const seconds = Math.round((performance.now() - began) / 1000);
  mkdirSync(resolve(file, ".."), { recursive: true });
  const result = {
    experiment: "adapt",
    protocol,
    draws: Number(values.draws),
    curves: measured,
    machine: machine(),
    commit: commit(),
    seconds,
  };
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  await draw(measured);
  console.log(adaptTable(measured));
}

if (import.meta.main) await run();
