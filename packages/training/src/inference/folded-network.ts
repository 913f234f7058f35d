import { noGrad, type Tensor, tidy } from "@semblant/torch";
import { networkDeclarations } from "../catalog/networks.ts";
import type { EmbeddingNetwork } from "../networks/embedding-network.ts";
import { Graph } from "../onnx/graph.ts";
import type { Precision } from "../steps/precision.ts";
import { fuseNodes } from "./fuse-nodes.ts";
import { makeStep, type Step } from "./make-step.ts";

/** A network as it is when it learns no more. */
export interface FoldedNetwork {
  /** As `forward` of the network itself in use, in float32 to five digits; no gradient flows through it. */
  forward(x: Tensor): Tensor;
  /** Frees its own copy of the weights. */
  dispose(): void;
}

const IMAGES = "images";

/**
 * A network on the CPU as one that only answers: batch norms worked into the convolutions before them, additions and ReLUs done with
 * them, and convolutions of 3×3 by fewer products. The network itself stays as it is; what it learns later is not seen.
 *
 * Undefined for a network of one's own, which declares no layers.
 *
 * @example
 * const network = resnet18({ baseChannels: 16 }).eval();
 * const folded = foldNetwork(network, "float32");
 * folded?.forward(zeros([1, 1, 48, 48])).shape; // [1, 64]
 * folded?.dispose();
 */
export function foldNetwork(network: EmbeddingNetwork, precision: Precision): FoldedNetwork | undefined {
  const declaration = networkDeclarations.get(network.settings?.name);
  if (declaration === undefined) return undefined;
  const graph = new Graph();
  const last = declaration.graph(graph, network.stateDict(), network.settings, IMAGES);
  const initializers = new Map(graph.initializers.map((one) => [one.name, one]));
  const made = noGrad(() => fuseNodes(graph.nodes, new Set(initializers.keys())).map((node) => makeStep(node, initializers, precision)));
  const steps = made.filter((step) => step !== undefined);
  const dispose = () => {
    for (const step of steps) step.dispose();
  };
  if (steps.length === made.length) return { forward: (x) => forward(steps, x, { last, precision }), dispose };
  dispose();
  return undefined;
}

function forward(steps: readonly Step[], images: Tensor, { last, precision }: { last: string; precision: Precision }): Tensor {
  return noGrad(() =>
    tidy(() => {
      const values = new Map([[IMAGES, precision === "float32" ? images : images.to(precision)]]);
      const uses = counted(steps);
      for (const { inputs, output, run } of steps) {
        values.set(output, run(inputs.map((name) => values.get(name) as Tensor)));
        // What nothing reads any more leaves its memory, still in the processor's cache, to what comes.
        for (const name of inputs) {
          uses.set(name, (uses.get(name) as number) - 1);
          if (uses.get(name) === 0 && name !== IMAGES) values.get(name)?.dispose();
        }
      }
      return (values.get(last) as Tensor).to("float32");
    }),
  );
}

/** How often each value is read. */
function counted(steps: readonly Step[]): Map<string, number> {
  const uses = new Map<string, number>();
  for (const { inputs } of steps) for (const name of inputs) uses.set(name, (uses.get(name) ?? 0) + 1);
  return uses;
}
