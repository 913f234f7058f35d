import { Embeddings, type Evaluation, evaluate, identityLeak } from "@semblant/core";
import { checksumOf, embedCrops, type ModelCard, type ModelMeasurement, onnxParts, type Session } from "@semblant/faces";
import type { Dataset, LabeledImages, LoadedRun } from "@semblant/training";
import type { Engine } from "../engine.ts";
import { chooseGaussians } from "./fit-gaussians.ts";
import { limits, unacceptable } from "./model-words.ts";

/** What {@link describeModel} is given. */
export interface ModelSource {
  readonly engine: Engine;
  readonly loaded: LoadedRun;
  readonly data: Dataset;
  /** The file as it ships, but for its card, and its network in the runtime. */
  readonly file: Uint8Array;
  readonly session: Session;
  readonly name: string;
  readonly version: string;
  readonly provenance: ModelCard["provenance"];
  readonly progress: (text: string) => void;
}

/** How far the file is from the network that was trained: the greatest difference of a coordinate over so many faces. */
export interface Parity {
  readonly faces: number;
  readonly difference: number;
  /** The greatest coordinate of these faces, for comparison. */
  readonly greatest: number;
}

/** Faces that parity is measured on. */
const compared = 256;

/**
 * Fits the Gaussians of a model to the training faces, chooses width, priors and thresholds on the validation faces, and measures on the
 * test faces, each embedded by the file as it ships; all of it as a card.
 */
export async function describeModel(source: ModelSource): Promise<{ card: ModelCard; parity: Parity; evaluation: Evaluation }> {
  const { engine, loaded, data, file, session, name, version, provenance, progress } = source;
  const { settings, network, classes } = loaded;
  const input = { size: network.input.size, channels: network.input.channels };
  const embedded = async (images: LabeledImages) => {
    progress(`embedding ${images.images.count.toLocaleString("en-US")} faces ...`);
    const { labels, votes, ids } = images;
    const values = await embedCrops(session, cropsOf(images), input);
    return new Embeddings(values, network.dimensions, { labels, classes: [...classes], ids, ...(votes && { votes }) });
  };
  const [validation, test] = [await embedded(data.validation), await embedded(data.test)];
  const parity = parityOf(engine, loaded, data.test, test);
  progress(`embedding ${data.train.images.count.toLocaleString("en-US")} training faces ...`);
  const train = engine.embed(network, data.train, { precision: settings.precision, normalize: loaded.loss.normalized ?? false });

  const sigma = settings.loss.name === "sgm" ? settings.loss.sigma : estimatedWidth(train);
  const chosen = chooseGaussians(train, validation, sigma);
  progress("measuring ...");
  const evaluation = evaluate(train, test, { sigma: chosen.sigma, priors: chosen.priors });
  const { means, sigmas, priors } = chosen.gaussians;
  const rows = classes.map((_, c) => Array.from(means.subarray(c * network.dimensions, (c + 1) * network.dimensions), shortened));
  const card: ModelCard = {
    format: 1,
    name,
    version,
    summary:
      "Says which of eight looks a face has, by eight Gaussians in a learned space of 64 dimensions, and how near two faces lie in it.",
    input,
    dimensions: network.dimensions,
    classes: [...classes],
    gaussians: { means: rows, sigmas: Array.from(sigmas), priors: Array.from(priors, shortened), parents: classes.map((_, c) => c) },
    thresholds: chosen.thresholds,
    measured: [measurementOf(evaluation, data, chosen.priors)],
    identityLeak: await leakOf(engine, session, input, network.dimensions),
    licence: "Weights: MIT. Trained on FER2013's faces with FER+'s labels, which are given out for research and are not part of it.",
    provenance: { ...provenance, "Gaussians' width": shortened(chosen.sigma), "Gaussians' priors": chosen.priors },
    limits,
    unacceptable,
    checksum: checksumOf(onnxParts(file).graph),
  };
  return { card, parity, evaluation };
}

/** (images, size, size): a split's pixels, one image after the other. */
function cropsOf({ images }: LabeledImages): Uint8Array {
  const crops = new Uint8Array(images.count * images.channels * images.width * images.height);
  images.gather(
    Int32Array.from({ length: images.count }, (_, i) => i),
    crops,
  );
  return crops;
}

function parityOf(engine: Engine, { network, loss }: LoadedRun, images: LabeledImages, found: Embeddings): Parity {
  const rows = Int32Array.from({ length: Math.min(compared, images.images.count) }, (_, i) => i);
  const some: LabeledImages = {
    images: engine.selectImages(images.images, rows),
    labels: images.labels.subarray(0, rows.length),
    ids: images.ids.slice(0, rows.length),
    classes: images.classes,
  };
  const trained = engine.embed(network, some, { precision: "float32", normalize: loss.normalized ?? false }).values;
  return {
    faces: rows.length,
    difference: trained.reduce((most, x, i) => Math.max(most, Math.abs(x - (found.values[i] as number))), 0),
    greatest: trained.reduce((most, x) => Math.max(most, Math.abs(x)), 0),
  };
}

function estimatedWidth(train: Embeddings): number {
  const mean = train.values.reduce((sum, x) => sum + x, 0) / train.values.length;
  return Math.sqrt(train.values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / train.values.length);
}

function measurementOf({ metrics, outcomes, classes, truth }: Evaluation, data: Dataset, priors: string): ModelMeasurement {
  const predicted = outcomes.gaussian.predicted;
  const recall = classes.map((name, c) => {
    const own = [...truth.keys()].filter((i) => truth[i] === c);
    const right = own.filter((i) => predicted[i] === c).length;
    return [name, { value: shortened((100 * right) / own.length), n: own.length }] as const;
  });
  const { gaussianAccuracy, accuracy, ece, logLoss, nmi } = metrics;
  const measured = { accuracy: gaussianAccuracy, "accuracy by the 11 nearest training faces": accuracy, ece, logLoss, nmi };
  return {
    data: `${data.name} test, ${data.labelSource}`,
    n: truth.length,
    protocol: `Named by the classes' Gaussians (${priors} priors, width chosen on validation); 95 % bootstrap intervals; embedded by this file.`,
    metrics: Object.fromEntries(
      Object.entries(measured).map(([name, { value, low, high }]) => [
        name,
        { value: shortened(value), low: shortened(low), high: shortened(high) },
      ]),
    ),
    recall: Object.fromEntries(recall),
  };
}

/** On generated faces of other people than anybody was trained on, where it is known who is who. */
async function leakOf(
  engine: Engine,
  session: Session,
  input: ModelCard["input"],
  dimensions: number,
): Promise<NonNullable<ModelCard["identityLeak"]>> {
  const { test } = engine.generateFaces({ count: 4000 });
  const X = new Embeddings(await embedCrops(session, cropsOf(test), input), dimensions);
  const { share, chance } = identityLeak(X, test.subjects as Int32Array);
  return { data: "generated faces", n: X.rows, share: shortened(100 * share), chance: shortened(100 * chance) };
}

/** Seven digits: what a float32 has. */
const shortened = (x: number) => Number(x.toPrecision(7));
