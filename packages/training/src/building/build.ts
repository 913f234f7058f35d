import { Random } from "@semblant/core";
import { createLoss } from "../catalog/losses.ts";
import { createNetwork } from "../catalog/networks.ts";
import { crossBatchMemory } from "../losses/cross-batch-memory.ts";
import type { Loss } from "../losses/loss.ts";
import type { PairLoss } from "../losses/pairs.ts";
import type { EmbeddingNetwork } from "../networks/embedding-network.ts";
import { normalizationOf } from "../networks/normalization.ts";
import type { Settings } from "../settings/setting-types.ts";

/** The network that settings describe, for data of so many classes, with fresh weights. */
export function buildNetwork({ network }: Settings, classes: number): EmbeddingNetwork {
  const { weights: _weights, dimensions, normalization, ...options } = network;
  const { mean, std } = normalizationOf(normalization, network.channels);
  return createNetwork({ ...options, mean, std, dimensions: network.head === "classes" ? classes : dimensions } as Parameters<
    typeof createNetwork
  >[0]);
}

/** The loss that settings name, for embeddings of their network, with the memory around it where they ask for one. */
export function buildLoss({ loss: { memory, ...options }, network: { dimensions }, seed }: Settings, classes: number): Loss {
  const loss = createLoss(options as Parameters<typeof createLoss>[0], { dimensions, classes, random: new Random(seed).fork("mining") });
  return memory === null ? loss : crossBatchMemory(loss as PairLoss, dimensions, { size: memory });
}
