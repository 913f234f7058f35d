import type { GraphNode } from "../onnx/graph.ts";

/** An operation with those that follow it and can be done with it at once. */
export interface FusedNode {
  readonly node: GraphNode;
  /** What is added to what it makes. */
  readonly addend?: string;
  /** Whether a ReLU follows. */
  readonly relu: boolean;
  /** The name of what comes out after all that. */
  readonly output: string;
}

/** What these make is theirs alone, so that a ReLU may be done in place. */
const FRESH = ["Add", "Conv", "Gemm", "Mul"];

/**
 * Operations in an order in which each finds what it needs: a convolution or product of matrices takes with it the addition and the ReLU
 * that follow, where nothing else reads what lies between.
 */
export function fuseNodes(nodes: readonly GraphNode[], constants: ReadonlySet<string>): FusedNode[] {
  const readers = new Map<string, GraphNode[]>();
  for (const node of nodes) for (const input of node.inputs) readers.set(input, [...(readers.get(input) ?? []), node]);
  const onlyReader = (name: string) => (readers.get(name)?.length === 1 ? readers.get(name)?.[0] : undefined);

  const taken = new Set<GraphNode>();
  const fusedAt = new Map<GraphNode, FusedNode>();
  for (const node of nodes) {
    if (taken.has(node)) continue;
    let [last, output, relu] = [node, node.output, false];
    let addend: string | undefined;
    const take = (next: GraphNode) => {
      taken.add(last);
      [last, output] = [next, next.output];
    };
    const next = onlyReader(output);
    const other = next?.operator === "Add" ? next.inputs.find((name) => name !== output) : undefined;
    if (node.operator === "Conv" && next !== undefined && other !== undefined && !constants.has(other) && !taken.has(next)) {
      addend = other;
      take(next);
    }
    const after = onlyReader(output);
    if (after?.operator === "Relu" && FRESH.includes(node.operator)) {
      relu = true;
      take(after);
    }
    taken.add(last);
    fusedAt.set(last, { node, relu, output, ...(addend !== undefined && { addend }) });
  }
  return nodes.flatMap((node) => fusedAt.get(node) ?? []);
}
