import { DataError, OptionError, Random } from "@semblant/core";
import type { Dataset, LabeledImages } from "@semblant/datasets";
import { Adam, AdamW, type Optimizer, type ProcessGroup, SGD, seed, type Tensor } from "@semblant/torch";
import { augmentations } from "../augmentation/presets.ts";
import type { Loss } from "../losses/loss.ts";
import type { EmbeddingNetwork } from "../networks/embedding-network.ts";
import { type DataDigest, digestOfData } from "../runs/data-digest.ts";
import type { Run } from "../runs/run.ts";
import { balanced } from "../samplers/balanced.ts";
import { plain } from "../samplers/plain.ts";
import type { Sampler } from "../samplers/sampler.ts";
import { squareRoot } from "../samplers/square-root.ts";
import { triplets } from "../samplers/triplets.ts";
import type { OptimizerSettings, PartialSettings, Settings } from "../settings/setting-types.ts";
import { resolveSettings } from "../settings/settings.ts";
import { type Precision, resolveDevice, resolvePrecision } from "../steps/precision.ts";
import { type Schedule, schedule } from "../steps/schedule.ts";
import { WeightAverage } from "../steps/weight-average.ts";
import type { LoadedWeights } from "../weights/load-weights.ts";
import { Batches } from "./batches.ts";
import { labeledBySubclass, type Subclasses } from "./subclasses.ts";
import { validator } from "./validation.ts";

/** What {@link train} is given: what learns, from what, by what; any setting; and where to keep it. */
export interface TrainOptions extends Omit<PartialSettings, "data" | "network" | "loss"> {
  readonly network: EmbeddingNetwork;
  readonly data: Pick<Dataset, "train" | "validation">;
  readonly loss: Loss;
  /**
   * Algorithm 2: parts of the classes that play the classes' part in batches and loss; what is validated and kept is
   * named by the data's own.
   */
  readonly subclasses?: Subclasses;
  /** What the network's weights were read from, where they were: to be told, not used. */
  readonly start?: LoadedWeights;
  /** Keeps logs and checkpoints; one that has a checkpoint goes on from it. Without one nothing touches the disk. */
  readonly run?: Run;
  /** Ends training after the step in which it is aborted. */
  readonly signal?: AbortSignal;
  /**
   * The processes that train together: each computes its part of every batch, and all end at the weights of one process. All are given
   * the same data and settings, and each takes every step. `run` counts on rank 0, which alone writes; `signal` ends all of them.
   */
  readonly group?: ProcessGroup;
}

/** A training ready to begin: every name turned into the thing. */
export interface Training {
  readonly settings: Settings;
  readonly network: EmbeddingNetwork;
  readonly loss: Loss;
  /** What batches are made of; their classes are sub-classes where there are such. */
  readonly images: LabeledImages;
  readonly batches: Batches;
  /** The data's own classes. */
  readonly classes: readonly string[];
  /** What the data are; found when it is first asked for. */
  readonly digest: () => DataDigest;
  readonly device: string;
  readonly precision: Precision;
  readonly sampler: Sampler;
  /** Every weight that is saved, by the name it is saved under: `network.…`, `loss.…`. */
  readonly weights: ReadonlyMap<string, Tensor>;
  readonly parameters: readonly Tensor[];
  readonly optimizer: Optimizer;
  readonly learningRate: Schedule;
  readonly average: WeightAverage | undefined;
  /** The validation metric now, in percent; undefined without validation images. */
  readonly validate: (() => number) | undefined;
  /** How many images it is measured on. */
  readonly validationImages: number;
  readonly steps: number;
  readonly group: ProcessGroup | undefined;
}

/**
 * Turns options into a training: seeds the engine, moves the weights to the device, makes sampler, optimizer, schedule.
 *
 * @throws OptionError for unknown or unfit options, or batches of fewer images than there are ranks
 * @throws DataError if there are no training images, or a class has none
 */
export function setUp(options: TrainOptions): Training {
  const { network, data, loss, subclasses, group, start: _start, run: _run, signal: _signal, ...given } = options;
  const drawn = loss.settings.mining === "given"; // triplets in thirds of the batch, as only their sampler draws them
  const settings = resolveSettings({ ...given, ...(drawn && { loss: { name: "triplet", mining: "random" } }) });
  if (data.train.images.count === 0) throw new DataError("train: expected training images, but the data has none in its split train.");

  const images = subclasses === undefined ? data.train : labeledBySubclass(data.train, subclasses);
  const random = new Random(settings.seed);
  const device = resolveDevice(settings.device);
  const precision = resolvePrecision(settings.precision, device);
  const sampler = makeSampler(settings, images, random.fork("sampler"));
  if (group !== undefined) refuseFewRows(sampler, group);
  const batches = new Batches({
    images,
    targets: targetsOf(settings.targets, images),
    sampler,
    augmentation: augmentations[settings.augmentation],
    random: random.fork("augmentation"),
    input: network.input,
    device,
    place: group,
  });
  seed(settings.seed);
  network.to({ device, memoryFormat: "channelsLast" }).train();
  loss.module?.to(device).train();

  const weights = new Map([...named("network.", network), ...named("loss.", loss.module)]);
  const parameters = [...network.parameters(), ...(loss.module?.parameters() ?? [])];
  const steps = settings.steps ?? settings.epochs * sampler.batchesPerEpoch;
  return {
    settings,
    network,
    loss,
    images,
    batches,
    classes: data.train.classes,
    digest: once(() => digestOfData(data)),
    device,
    precision,
    sampler,
    weights,
    parameters,
    optimizer: makeOptimizer(parameters, settings.optimizer),
    learningRate: schedule(settings.schedule, { highest: settings.optimizer.learningRate, steps }),
    average: settings.ema === null ? undefined : new WeightAverage(weights, settings.ema),
    validate: validator(network, data, {
      settings: settings.validation,
      precision,
      random: random.fork("validation"),
      normalize: loss.normalized ?? false,
      group,
    }),
    validationImages: data.validation.images.count,
    steps,
    group,
  };
}

/** A rank without an image would have nothing to compute. */
function refuseFewRows({ rowsPerBatch }: Sampler, { size }: ProcessGroup): void {
  if (rowsPerBatch >= size) return;
  throw new OptionError(
    `train: expected a batch of at least one image for each of the ${size} ranks, but got batches of ${rowsPerBatch}.\n  ` +
      `Take larger batches (batch, perClass), or fewer ranks.`,
  );
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function makeSampler({ sampler, perClass, batch }: Settings, { labels, classes }: LabeledImages, random: Random): Sampler {
  if (sampler === "balanced") return balanced(labels, { perClass, random, classes });
  if (sampler === "square-root") return squareRoot(labels, { perClass, random, classes });
  if (sampler === "triplets") return triplets(labels, { triplets: batch, random, classes });
  return plain(labels, { batch, random, dropLast: labels.length >= batch }); // a batch of one or two images has no statistics
}

function makeOptimizer(
  parameters: readonly Tensor[],
  { name, learningRate, weightDecay, amsgrad, momentum }: OptimizerSettings,
): Optimizer {
  if (name === "sgd") return new SGD(parameters, { learningRate, weightDecay, momentum });
  const make = name === "adam" ? Adam : AdamW;
  return new make(parameters, { learningRate, weightDecay, amsgrad });
}

function targetsOf(targets: Settings["targets"], images: LabeledImages): "labels" | "votes" {
  if (targets === "votes" && images.votes === undefined) {
    throw new OptionError(
      "train: expected training images with votes for targets=votes, but they have labels only.\n  Use targets=auto or targets=labels.",
    );
  }
  if (targets === "auto") return images.votes === undefined ? "labels" : "votes";
  return targets;
}

function named(prefix: string, module: { stateDict(): ReadonlyMap<string, Tensor> } | undefined): [string, Tensor][] {
  return [...(module?.stateDict() ?? [])].map(([name, tensor]) => [prefix + name, tensor]);
}
