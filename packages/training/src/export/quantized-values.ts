import type { GraphNode, StoredInitializer } from "../onnx/graph.ts";

/** The operations of a graph and the numbers that it holds. */
export interface GraphParts {
  readonly nodes: readonly GraphNode[];
  readonly initializers: readonly StoredInitializer[];
}

/** Operations that have weights, and that runtimes compute in eight bits. */
export const layerOperators: ReadonlySet<string> = new Set(["Conv", "Gemm"]);

/** Operations that pass numbers on as they are. */
const passingOperators: ReadonlySet<string> = new Set(["MaxPool", "Flatten"]);

/**
 * The values of a graph that are kept in eight bits: what goes into convolutions, linear layers and sums, and what comes out of them,
 * after ReLU where that follows. What comes out of the last layer is the embedding: it and that layer stay as they are.
 *
 * @returns each with the value whose range it has: its own, or that of the value that a pooling or flattening passes on as it is
 */
export function quantizedValues(graph: GraphParts): ReadonlyMap<string, string> {
  const held = new Set(graph.initializers.map(({ name }) => name));
  const takers = takersOf(graph);
  const last = lastLayer(graph);
  const found = new Set<string>();
  for (const node of graph.nodes) {
    const taken = node.inputs.filter((name) => !held.has(name));
    const isSum = node.operator === "Add" && taken.length === 2;
    if (node === last || !(layerOperators.has(node.operator) || isSum)) continue;
    for (const name of taken) found.add(name);
    const [only, ...others] = takers.get(node.output) ?? [];
    found.add(only?.operator === "Relu" && others.length === 0 ? only.output : node.output);
  }
  const ranges = new Map([...found].map((name) => [name, name]));
  for (const { operator, inputs, output } of graph.nodes) {
    const source = ranges.get(inputs[0] as string);
    if (passingOperators.has(operator) && source !== undefined) ranges.set(output, source);
  }
  return ranges;
}

/** The layer that makes the embedding. */
export function lastLayer({ nodes }: GraphParts): GraphNode | undefined {
  return nodes.findLast(({ operator }) => layerOperators.has(operator));
}

function takersOf({ nodes }: GraphParts): ReadonlyMap<string, GraphNode[]> {
  const takers = new Map<string, GraphNode[]>();
  for (const node of nodes) for (const name of node.inputs) takers.set(name, [...(takers.get(name) ?? []), node]);
  return takers;
}
