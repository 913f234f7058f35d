import { Random } from "@semblant/core";
import type { Dataset } from "@semblant/datasets";
import { seed, type Tensor } from "@semblant/torch";
import { prepare } from "../augmentation/prepare.ts";
import { buildLoss, buildNetwork } from "../building/build.ts";
import { imageBatch } from "../embedding/batches.ts";
import type { EmbeddingNetwork } from "../networks/embedding-network.ts";
import type { Run } from "../runs/run.ts";
import type { Settings } from "../settings/setting-types.ts";
import { loadWeights } from "../weights/load-weights.ts";
import type { TrainOptions } from "./set-up.ts";

/**
 * What {@link train} takes, from settings: the network with fresh weights of the seed, or those of the file it starts from, and the loss.
 * `start` says what came of the file. A run that has a checkpoint goes on from that and needs the file no longer.
 *
 * @example
 * const settings = resolveSettings({ loss: { name: "triplet" }, network: { baseChannels: 8 }, steps: 1 });
 * const training = buildTraining(settings, generateFaces({ count: 80 }));
 * training.loss.name; // "triplet"
 */
export function buildTraining(settings: Settings, data: Dataset, run?: Run): TrainOptions {
  const { data: _source, network: description, loss: _loss, ...rest } = settings;
  seed(settings.seed);
  const network = buildNetwork(settings, data.classes.length);
  const images = () => typicalImages(data.train, network.input, settings.seed);
  const start = description.weights === null || run?.begun ? undefined : loadWeights(network, description.weights, { images, whole: true });
  return { ...rest, network, data, loss: buildLoss(settings, data.classes.length), ...(start && { start }) };
}

/** Enough for the mean and variance of a channel, of which each image has many values. */
const TYPICAL = 512;

/** Some training images, drawn at random, as the network takes them. */
function typicalImages({ images }: Dataset["train"], input: EmbeddingNetwork["input"], seed: number): Tensor {
  const random = new Random(seed).fork("typical images");
  const rows = Int32Array.from({ length: Math.min(TYPICAL, images.count) }, () => random.integer(images.count));
  return prepare(imageBatch(images, rows, "cpu"), input).contiguous("channelsLast");
}
