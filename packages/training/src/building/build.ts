import { invalidOption, Random } from "@semblant/core";
import { arcFace } from "../losses/arcface.ts";
import { contrastive } from "../losses/contrastive.ts";
import { crossBatchMemory } from "../losses/cross-batch-memory.ts";
import { crossEntropyLoss } from "../losses/cross-entropy.ts";
import { liftedStructure } from "../losses/lifted-structure.ts";
import type { Loss } from "../losses/loss.ts";
import { type LossSettings, lossNames } from "../losses/loss-settings.ts";
import { nPair } from "../losses/n-pair.ts";
import type { PairLoss } from "../losses/pairs.ts";
import { proxyAnchor } from "../losses/proxy-anchor.ts";
import { softmaxHead } from "../losses/softmax.ts";
import { structuredGaussianManifold } from "../losses/structured-gaussian-manifold.ts";
import { supervisedContrastive } from "../losses/supervised-contrastive.ts";
import { triplet } from "../losses/triplet.ts";
import { architectures } from "../networks/architectures.ts";
import { createNetwork } from "../networks/catalog.ts";
import type { EmbeddingNetwork } from "../networks/embedding-network.ts";
import type { Settings } from "../settings/setting-types.ts";

/** The network that settings describe, for data of so many classes, with fresh weights. */
export function buildNetwork({ network }: Settings, classes: number): EmbeddingNetwork {
  const { weights: _weights, batchNorm, stem, pooling, dimensions, ...rest } = network;
  const own: readonly string[] = architectures[network.name].own;
  return createNetwork({
    ...rest,
    dimensions: network.head === "classes" ? classes : dimensions,
    ...(own.includes("batchNorm") && { batchNorm }),
    ...(stem !== null && { stem }),
    ...(pooling !== null && { pooling }),
  } as Parameters<typeof createNetwork>[0]);
}

/** The loss that settings name, for embeddings of their network, with the memory around it where they ask for one. */
export function buildLoss(settings: Settings, classes: number): Loss {
  const { memory } = settings.loss;
  const { dimensions } = settings.network;
  const loss = lossOf(settings, classes);
  return memory === null ? loss : crossBatchMemory(loss as PairLoss, dimensions, { size: memory });
}

function lossOf({ loss, network: { dimensions }, seed }: Settings, classes: number): Loss {
  const { sigma, means, leaveOneOut, positiveMargin, mining, temperature } = loss;
  /** Those of the options that are not left to the loss itself. */
  const named = <K extends "margin" | "regularizer" | "normalize" | "scale">(...names: readonly K[]) =>
    Object.fromEntries(names.filter((name) => loss[name] !== null).map((name) => [name, loss[name]])) as {
      readonly [name in K]?: NonNullable<LossSettings[name]>;
    };
  switch (loss.name) {
    case "sgm":
      return structuredGaussianManifold({ sigma, means, leaveOneOut });
    case "triplet": {
      const random = new Random(seed).fork("mining");
      return triplet({ ...named("margin", "regularizer", "normalize"), mining: mining === "random" ? "given" : mining, random });
    }
    case "softmax":
      return softmaxHead(dimensions, classes);
    case "cross-entropy":
      return crossEntropyLoss(classes);
    case "contrastive":
      return contrastive({ ...named("margin", "normalize"), positiveMargin });
    case "n-pair":
      return nPair(named("regularizer", "normalize"));
    case "lifted-structure":
      return liftedStructure({ ...named("margin", "normalize"), positiveMargin });
    case "supervised-contrastive":
      return supervisedContrastive({ temperature });
    case "proxy-anchor":
      return proxyAnchor(dimensions, classes, named("margin", "scale"));
    case "arcface":
      return arcFace(dimensions, classes, named("margin", "scale"));
    default:
      throw invalidOption("settings", "loss.name", `one of ${lossNames.join(", ")}`, loss.name);
  }
}
