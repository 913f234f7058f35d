import type { OptionDeclaration, OptionDeclarations, OptionValue, Refusal } from "../declarations/option.ts";
import type { Graph, State } from "../onnx/graph.ts";
import type { EmbeddingNetwork, NetworkDescription, NetworkOptions } from "./embedding-network.ts";

/** All that the rest of the package knows of a network: its file's default export. */
export interface NetworkDeclaration {
  /** As settings name it: `resnet18`. */
  readonly name: string;
  /** As the paper writes it. */
  readonly title: string;
  /** Who made it known, and where. */
  readonly source: string;
  /** Width and height of the images that it is given unless told otherwise, in pixels. */
  readonly size: number;
  /** Of anything smaller its layers leave nothing. */
  readonly smallest: number;
  /** The options that not every network has. */
  readonly options: OptionDeclarations;
  /** The learning rate above which the network falls to a point; undefined where none is known. */
  highestRate?(settings: Readonly<Record<string, OptionValue>>): number | undefined;
  /** What is wrong between settings that are each in range. */
  check?(settings: Readonly<Record<string, OptionValue>>): Refusal | undefined;
  make(options: NetworkOptions): EmbeddingNetwork;
  /**
   * Appends its layers, as they work in use, to a graph: of (batch, channels, size, size), normalised, they make (batch, dimensions).
   *
   * @returns the name of the last layer's value
   */
  graph(graph: Graph, state: State, settings: NetworkDescription, images: string): string;
}

/** Without batch norm a network falls to a point on generated faces: at 1e-3 within 60 steps, at 3e-4 not. */
export const RATE_WITHOUT_NORM = 3e-4;

/**
 * A network as its file declares it.
 *
 * @typeParam Options those of the function that makes it
 * @typeParam Settings those with everything filled in, as the network keeps them
 */
export function declareNetwork<Options extends NetworkOptions, Settings extends NetworkDescription>(
  declaration: Omit<NetworkDeclaration, "options" | "make" | "graph"> & {
    readonly options: { readonly [K in Exclude<keyof Options, keyof NetworkOptions>]-?: OptionDeclaration };
    readonly make: (options: Options) => EmbeddingNetwork;
    readonly graph: (graph: Graph, state: State, settings: Settings, images: string) => string;
  },
): NetworkDeclaration {
  return declaration as unknown as NetworkDeclaration;
}
