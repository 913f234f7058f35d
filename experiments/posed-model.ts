/**
 * The model `posed`: the network of `best`, with Gaussians that were fitted to FER2013's own labels.
 *
 *   npm run experiment -- posed-model --fer2013 DIR --domains DIR [--ferplus DIR] [--out FILE]     minutes on one core
 *   npm run experiment -- posed-model --table
 *
 * FER+ raters see little in many faces that FER2013 calls angry, disgusted or afraid. Posed faces are labelled by what was meant, as
 * FER2013's were. So Gaussians of its labels name posed faces better, and everyday faces worse. DIR of FER2013 has its fer2013.csv alone.
 *
 * How much rarer neutral faces are than others is what names most of the posed faces of odd persons rightly, in the domains' two sets.
 * How sure the answers are is what makes the labels of these faces most probable. The persons of even number, whom nothing was chosen on,
 * are reported.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  accuracy,
  adaptGaussians,
  densityThreshold,
  type Embeddings,
  expectedCalibrationError,
  GaussianClasses,
  logLoss,
} from "@semblant/core";
import { cardOf, type ModelCard, type ModelMeasurement } from "@semblant/faces";
import { adaptationText, cardGaussiansOf, priorOfCard } from "@semblant/faces/internals";
import { embedData } from "@semblant/lab";
import { readModel } from "@semblant/photos/internals";
import { commit } from "../bench/commit.ts";
import { parseOptions, refuse } from "../bench/options.ts";
import { machine } from "../bench/result.ts";
import { markdownTable } from "./markdown.ts";
import { byClasses, half } from "./person-halves.ts";

const file = resolve(import.meta.dirname, "results/posed-model.json");
const sets = ["taiwanese", "kdef"] as const;
const temperatures = [1, 1.5, 2, 2.5, 3, 4];
/** ln of how much rarer neutral faces are thought than others. */
const neutralOdds = [0, -0.5, -1, -1.5, -2, -3];

interface Row {
  readonly set: string;
  readonly n: number;
  readonly right: readonly [model: number, posed: number];
  readonly ece: readonly [model: number, posed: number];
}

const even = (X: Embeddings) => half(X, 0);
const odd = (X: Embeddings) => half(X, 1);

function measured(gaussians: GaussianClasses, X: Embeddings): { readonly right: number; readonly ece: number; readonly loss: number } {
  const truth = X.labels as Int32Array;
  const { predicted, confidence } = gaussians.classify(X);
  const correct = predicted.map((c, i) => Number(c === truth[i]));
  return {
    right: 100 * accuracy(truth, predicted),
    ece: 100 * expectedCalibrationError(confidence, correct),
    loss: logLoss(truth, gaussians.posterior(X), gaussians.classes),
  };
}

/** Neutral faces thought rarer, by ln; a class that FER2013 does not have rarer still. Then all log-odds divided by the temperature. */
function shaped(
  base: GaussianClasses,
  { temperature, neutral }: { readonly temperature: number; readonly neutral: number },
  card: ModelCard,
) {
  const weights = Float64Array.from(card.classes, (name) => (name === "neutral" ? Math.exp(neutral) : name === "contempt" ? 0.02 : 1)).map(
    (weight) => weight ** (1 / temperature),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return new GaussianClasses({
    columns: base.columns,
    means: base.means,
    whitening: base.whitening,
    sigmas: base.sigmas.map((sigma) => sigma * Math.sqrt(temperature)),
    priors: weights.map((weight) => weight / total),
  });
}

/** What the card says of it. An interval is of a share of so many faces (normal approximation). */
function measurementOf(gaussians: GaussianClasses, X: Embeddings, card: ModelCard, protocol: string): ModelMeasurement {
  const truth = X.labels as Int32Array;
  const { predicted } = gaussians.classify(X);
  const { right, ece } = measured(gaussians, X);
  const digits = (x: number) => Number(x.toPrecision(7));
  const reach = 196 * Math.sqrt(((right / 100) * (1 - right / 100)) / X.rows);
  const recall = card.classes.flatMap((name, c) => {
    const own = [...truth.keys()].filter((i) => truth[i] === c);
    const hits = own.filter((i) => predicted[i] === c).length;
    return own.length === 0 ? [] : [[name, { value: digits((100 * hits) / own.length), n: own.length }] as const];
  });
  return {
    data: "FER2013, its own labels",
    n: X.rows,
    protocol: `${protocol} Calibration error ${ece.toFixed(1)} %.`,
    metrics: { accuracy: { value: digits(right), low: digits(right - reach), high: digits(right + reach) } },
    recall: Object.fromEntries(recall),
  };
}

/** One row per set, for a page. */
export function posedTable(rows: readonly Row[] = JSON.parse(readFileSync(file, "utf8")).rows): string {
  const digits = (x: number) => x.toFixed(1);
  return markdownTable(
    ["%", "faces", "best: right", "posed: right", "best: calibration error", "posed: calibration error"],
    rows.map(({ set, n, right, ece }) => [set, n.toLocaleString("en-US"), ...right.map(digits), ...ece.map(digits)]),
  );
}

async function run(): Promise<void> {
  const { values } = parseOptions({
    options: {
      fer2013: { type: "string" },
      ferplus: { type: "string" },
      domains: { type: "string" },
      model: { type: "string", default: "best" },
      out: { type: "string", default: resolve(import.meta.dirname, "../models/expression-posed.json") },
      table: { type: "boolean" },
    },
  });
  if (values.table) {
    console.log(posedTable());
    return;
  }
  const { fer2013, domains, model, ferplus } = values;
  if (fer2013 === undefined || domains === undefined) return refuse("expected folders with --fer2013 and --domains.");
  const began = performance.now();
  const card = cardOf(await readModel(model));
  const embedded = async (data: string, split: "train" | "test" | "all") =>
    byClasses(await embedData(model, { data, split }, (text) => console.log(text)), card.classes);
  const prior = priorOfCard(card);
  const [train, test] = [await embedded(fer2013, "train"), await embedded(fer2013, "test")];
  const domain = new Map<string, Embeddings>();
  for (const set of sets) domain.set(set, await embedded(join(domains, set, "labels.csv"), "all"));

  const base = adaptGaussians(prior, train, { priors: Infinity });
  const choosing = [...domain.values()].map(odd);
  const mean = (of: (X: Embeddings) => number) => choosing.reduce((sum, X) => sum + of(X), 0) / choosing.length;
  const most = (options: readonly number[], worth: (option: number) => number) => {
    const worths = options.map(worth);
    return options[worths.indexOf(Math.max(...worths))] as number;
  };
  const made = (shape: { readonly temperature: number; readonly neutral: number }) => shaped(base, shape, card);
  const neutral = most(neutralOdds, (option) => mean((X) => measured(made({ temperature: 1, neutral: option }), X).right));
  const temperature = most(temperatures, (option) => -mean((X) => measured(made({ temperature: option, neutral }), X).loss));
  const gaussians = made({ temperature, neutral });
  console.log(`temperature ${temperature}, neutral ${neutral}`);

  const reported: [string, Embeddings][] = [
    ...[...domain].map(([set, X]): [string, Embeddings] => [`${set}, persons of even number`, even(X)]),
    ["FER2013 test, its own labels", test],
  ];
  if (ferplus !== undefined) reported.push(["FER+ test, raters' labels", await embedded(ferplus, "test")]);
  const rows = reported.map(([set, X]): Row => {
    const [before, after] = [measured(prior.gaussians, X), measured(gaussians, X)];
    return { set, n: X.rows, right: [before.right, after.right], ece: [before.ece, after.ece] };
  });

  const densities = [test, ...choosing].map((X) => densityThreshold(gaussians.logDensity(X), { accept: 0.99 }));
  const text = adaptationText({
    network: { name: card.name, checksum: card.checksum },
    classes: card.classes,
    gaussians: cardGaussiansOf({ gaussians, parents: Int32Array.from(card.classes.keys()) }),
    thresholds: { ...card.thresholds, logDensity: Math.min(...densities) },
    persons: train.rows,
    about: {
      name: `${card.name}-posed`,
      summary:
        `Says which of ${card.classes.length} looks a posed face has. It is the network of the model "${card.name}", ` +
        "with Gaussians that were fitted to FER2013's own labels.",
      limit: "Everyday faces are named better by the model that its network comes from.",
    },
    measured: {
      before: measurementOf(prior.gaussians, test, card, "The same faces, named by the model that it was made from."),
      after: measurementOf(gaussians, test, card, "Faces of FER2013's test split, whose labels are words that were searched for."),
    },
  });
  writeFileSync(values.out, text);
  const seconds = Math.round((performance.now() - began) / 1000);
  mkdirSync(resolve(file, ".."), { recursive: true });
  const result = { experiment: "posed-model", chosen: { temperature, neutral }, rows, machine: machine(), commit: commit(), seconds };
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  console.log(posedTable(rows));
}

if (import.meta.main) await run();
