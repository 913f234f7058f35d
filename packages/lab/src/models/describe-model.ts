import { covarianceWithinClasses, Embeddings, type Evaluation, evaluate, identityLeak, type Metrics, Random } from "@semblant/core";
import { fitShiftReference, measureShift } from "@semblant/core/internals";
import { type Dataset, generateFaces, type LabeledImages } from "@semblant/datasets";
import type { Measured, ModelCard, ModelMeasurement, Session } from "@semblant/faces";
import { cardGaussiansOf, checksumOf, embedCrops, onnxParts, toTriangle } from "@semblant/faces/internals";
import { type LoadedRun, resolveSubdivision, splitClasses } from "@semblant/training";
import { gaussianWidthOf } from "@semblant/training/settings";
import { changedFaces } from "./changed-faces.ts";
import { cropsOf } from "./crops.ts";
import { evenly } from "./evenly.ts";
import { type ChosenGaussians, chooseForKinds, type Kinds } from "./fit-gaussians.ts";
import { measureWithoutTwins } from "./measured.ts";
import { unacceptable, wordsFor } from "./model-words.ts";

/** What {@link describeModel} is given. */
export interface ModelSource {
  readonly loaded: LoadedRun;
  readonly data: Dataset;
  /** The file as it ships, but for its card, and its network in the runtime. */
  readonly file: Uint8Array;
  readonly session: Session;
  readonly name: string;
  readonly version: string;
  readonly provenance: ModelCard["provenance"];
  /** Kinds a class at most, each with a Gaussian. */
  readonly subclasses: number;
  readonly progress: (text: string) => void;
}

/**
 * Fits the Gaussians of a model to the training faces, chooses width, priors and thresholds on the validation faces, and measures on the
 * test faces, all embedded by the file as it ships, as a card. Faces are named by one Gaussian per class, unless the
 * validation labels are more probable under those of the sub-classes; the sub-classes are there in both cases, to search for and to
 * tell faces from what is none. Changed copies of the validation faces say what its answers are worth where faces are unlike them.
 */
export async function describeModel(source: ModelSource): Promise<{ card: ModelCard; evaluation: Evaluation }> {
  const { loaded, data, file, session, name, version, provenance, subclasses, progress } = source;
  const { settings, network, classes } = loaded;
  const input = { size: data.test.images.width, channels: network.input.channels };
  const embedded = async (images: LabeledImages) => {
    progress(`embedding ${images.images.count.toLocaleString("en-US")} faces ...`);
    const { labels, votes, ids } = images;
    const values = await embedCrops(session, cropsOf(images), input);
    return new Embeddings(values, network.dimensions, { labels, classes: [...classes], ids, ...(votes && { votes }) });
  };
  const [train, validation, test] = [await embedded(data.train), await embedded(data.validation), await embedded(data.test)];
  const sigma = gaussianWidthOf(settings.loss) ?? estimatedWidth(train);
  const { chosen, kinds } = chooseForKinds(train, validation, sigma, subclasses === 1 ? undefined : kindsOf(train, subclasses));
  const answering = { gaussians: chosen.gaussians, kinds: kinds.gaussians };
  const copies = [validation];
  const some = evenly(validation.rows, mostChanged);
  for (const { name: change, crops } of changedFaces(data.validation, some)) {
    progress(`embedding ${some.length.toLocaleString("en-US")} validation faces, ${change} ...`);
    const values = await embedCrops(session, crops, input);
    const labels = Int32Array.from(some, (row) => data.validation.labels[row] as number);
    copies.push(new Embeddings(values, network.dimensions, { labels, classes: [...classes] }));
  }
  const shift = fitShiftReference(answering, copies);
  progress("measuring ...");
  // The Gaussians that ship are measured as a classifier head is: those that evaluate fits itself have one width and one mean per class.
  const head = Float32Array.from(measureShift(test, answering, shift)?.posterior ?? chosen.gaussians.posterior(test));
  const evaluation = evaluate(train, test, { sigma: chosen.sigma, priors: chosen.priors, head });
  const card: ModelCard = {
    format: 1,
    name,
    version,
    summary:
      `Says which of ${classes.length} looks a face has, by ${chosen.gaussians.subclasses} Gaussians in a learned ` +
      `space of ${network.dimensions} dimensions, and how near two faces lie in it.`,
    input,
    dimensions: network.dimensions,
    classes: [...classes],
    gaussians: cardGaussiansOf(chosen.gaussians),
    ...(kinds !== chosen && { kinds: cardGaussiansOf(kinds.gaussians) }),
    covariance: toTriangle(covarianceWithinClasses(train), train.columns).map(shortened),
    thresholds: { ...chosen.thresholds, logDensity: kinds.thresholds.logDensity },
    shift,
    measured: measurementsOf(evaluation, { data, twins: measureWithoutTwins(data, evaluation), priors: chosen.priors }),
    identityLeak: await leakOf(session, input, network.dimensions),
    ...wordsFor(data.name),
    provenance: {
      ...provenance,
      "Gaussians' width": shortened(chosen.sigma),
      "Gaussians' priors": chosen.priors,
      "log-loss on validation": rounded(chosen),
      ...(kinds !== chosen && { "log-loss on validation, by sub-classes": rounded(kinds) }),
    },
    unacceptable,
    checksum: checksumOf(onnxParts(file).graph),
  };
  return { card, evaluation };
}

/** Validation faces that are changed, in each way. */
const mostChanged = 1000;

const rounded = ({ validation }: ChosenGaussians) => Number(validation.logLoss.toFixed(3));

/** Kinds of the training faces within their classes, as Algorithm 2 splits them; no fewer than 50 faces each on average. */
function kindsOf(train: Embeddings, most: number): Kinds {
  const settings = resolveSubdivision({ covariance: "spherical", smallest: 50, restarts: 3 });
  return splitClasses(train, { settings, most, random: new Random(0) });
}

function estimatedWidth(train: Embeddings): number {
  const mean = train.values.reduce((sum, x) => sum + x, 0) / train.values.length;
  return Math.sqrt(train.values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / train.values.length);
}

/** On all test faces, and without those that stand in the training data too, where there are any. */
function measurementsOf(
  { metrics, outcomes, classes, truth }: Evaluation,
  { data, twins, priors }: { readonly data: Dataset; readonly twins: ReturnType<typeof measureWithoutTwins>; readonly priors: string },
): ModelMeasurement[] {
  const { predicted } = outcomes.head as NonNullable<typeof outcomes.head>;
  const recall = classes.flatMap((name, c) => {
    const own = [...truth.keys()].filter((i) => truth[i] === c);
    const right = own.filter((i) => predicted[i] === c).length;
    return own.length === 0 ? [] : [[name, { value: shortened((100 * right) / own.length), n: own.length }] as const];
  });
  const name = `${data.name} test, ${data.labelSource}`;
  const all: ModelMeasurement = {
    data: name,
    n: truth.length,
    protocol:
      `Named by the classes' Gaussians (${priors} priors, width chosen on validation); 95 % bootstrap intervals; ` +
      "embedded by this file.",
    metrics: measuredOf(metrics),
    recall: Object.fromEntries(recall),
  };
  if (twins === undefined) return [all];
  const protocol = `The same without ${twins.count} faces that stand pixel for pixel in the training data too.`;
  return [all, { data: name, n: twins.n, protocol, metrics: measuredOf(twins.metrics) }];
}

function measuredOf({ headAccuracy, accuracy, headEce, headLogLoss, nmi }: Metrics): ModelMeasurement["metrics"] {
  const others = { "accuracy by the 11 nearest training faces": accuracy, ece: headEce, logLoss: headLogLoss, nmi };
  return Object.fromEntries(
    Object.entries({ accuracy: headAccuracy, ...others } as Record<string, Measured>).map(([name, { value, low, high }]) => [
      name,
      { value: shortened(value), low: shortened(low), high: shortened(high) },
    ]),
  );
}

/** A seed that no training has, so that its people are strangers to every model. */
const strangers = 2_718_281;

/** On generated faces of other people than anybody was trained on, where it is known who is who. */
async function leakOf(session: Session, input: ModelCard["input"], dimensions: number): Promise<NonNullable<ModelCard["identityLeak"]>> {
  const { test } = generateFaces({ count: 4000, size: input.size, seed: strangers, splits: ["test"] });
  const X = new Embeddings(await embedCrops(session, cropsOf(test), input), dimensions);
  const { share, chance } = identityLeak(X, test.subjects as Int32Array);
  return { data: "generated faces", n: X.rows, share: shortened(100 * share), chance: shortened(100 * chance) };
}

/** Seven digits: what a float32 has. */
const shortened = (x: number) => Number(x.toPrecision(7));
