import { networkNamed } from "../catalog/networks.ts";
import type { EmbeddingNetwork } from "../networks/embedding-network.ts";
import type { Graph } from "../onnx/graph.ts";

/**
 * Appends a network's layers, as they work in use, to a graph: of (batch, channels, size, size), normalised, it makes
 * (batch, dimensions).
 *
 * @returns the name of the last layer's value
 */
export function appendNetwork(graph: Graph, network: EmbeddingNetwork, images: string): string {
  return networkNamed(network.settings.name).graph(graph, network.stateDict(), network.settings, images);
}
