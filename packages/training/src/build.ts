import { invalidOption } from "@semblant/core";
import { seed } from "@semblant/torch";
import type { Dataset } from "./datasets/dataset.ts";
import type { Loss } from "./losses/loss.ts";
import { softmaxHead } from "./losses/softmax.ts";
import { structuredGaussianManifold } from "./losses/structured-gaussian-manifold.ts";
import { triplet } from "./losses/triplet.ts";
import { createNetwork } from "./networks/catalog.ts";
import type { TrainOptions } from "./set-up.ts";
import type { Settings } from "./settings.ts";

/**
 * What {@link train} takes, from settings: the network with fresh weights of the seed, and the loss.
 *
 * @example
 * const settings = resolveSettings({ loss: { name: "triplet" }, network: { width: 8 }, steps: 1 });
 * const training = buildTraining(settings, generateFaces({ count: 80 }));
 * training.loss.name; // "triplet"
 */
export function buildTraining(settings: Settings, data: Dataset): TrainOptions {
  const { data: _source, network: description, loss: _loss, ...rest } = settings;
  seed(settings.seed);
  const network = createNetwork(description);
  return { ...rest, network, data, loss: buildLoss(settings, data.classes.length) };
}

/** The loss that settings name, for embeddings of their network. */
export function buildLoss({ loss, network }: Settings, classes: number): Loss {
  const { sigma, margin, mining, regularizer } = loss;
  switch (loss.name) {
    case "sgm":
      return structuredGaussianManifold({ sigma });
    case "triplet":
      return triplet({ margin, regularizer, mining: mining === "random" ? "given" : mining });
    case "softmax":
      return softmaxHead(network.dimensions, classes);
    default:
      throw invalidOption("settings", "loss.name", "one of sgm, triplet, softmax", loss.name);
  }
}
