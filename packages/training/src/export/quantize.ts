import { OptionError } from "@semblant/core";
import type { GraphNode, StoredInitializer } from "../onnx/graph.ts";
import { type GraphParts, lastLayer, layerOperators, quantizedValues } from "./quantized-values.ts";
import { inEightBits } from "./weights.ts";

/** Between which numbers a value of a network lies. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
}

/** The ranges of a network's values, by the values' names in its graph. */
export type ActivationRanges = ReadonlyMap<string, ValueRange>;

/** Grey levels, and the value that the graph makes of them by a Mul and an Add: scale · (level − zero). */
export interface GreyLevels {
  readonly levels: string;
  readonly images: string;
  readonly scale: number;
  readonly zero: number;
}

/**
 * The greatest weight in eight bits. Processors with AVX2 alone add two products of a weight and an activation in 16 bits: with greater
 * weights the sum would not fit, and they would answer otherwise than others do.
 */
const greatestWeight = 64;

/**
 * The graph with its values and weights in eight bits, each quantised and dequantised again, which tells a runtime to compute in eight
 * bits between: activations without sign, one scale each; weights with one scale an output channel; biases in 32 bits.
 *
 * Grey levels are whole numbers and stay exact. The last layer keeps its weights.
 *
 * @throws OptionError if the ranges are not those of this graph
 */
export function quantize(graph: GraphParts, ranges: ActivationRanges, grey?: GreyLevels): GraphParts {
  return new Quantizing(graph, ranges, grey).parts();
}

class Quantizing {
  readonly #graph: GraphParts;
  readonly #ranges: ActivationRanges;
  readonly #grey: GreyLevels | undefined;
  readonly #values: ReadonlyMap<string, string>;
  readonly #held: ReadonlyMap<string, StoredInitializer>;
  readonly #nodes: GraphNode[] = [];
  readonly #initializers: StoredInitializer[] = [];
  /** The scale of each value in eight bits. */
  readonly #scales = new Map<string, number>();
  /** How much less than the value its eight bits stand for. */
  readonly #missing = new Map<string, number>();

  constructor(graph: GraphParts, ranges: ActivationRanges, grey: GreyLevels | undefined) {
    this.#graph = graph;
    this.#ranges = ranges;
    this.#grey = grey;
    this.#values = quantizedValues(graph);
    this.#held = new Map(graph.initializers.map((one) => [one.name, one]));
  }

  parts(): GraphParts {
    const last = lastLayer(this.#graph);
    const made = new Set(this.#graph.nodes.map(({ output }) => output));
    for (const name of this.#values.keys()) if (!made.has(name)) this.#quantizeValue(name);
    for (const node of this.#graph.nodes) {
      const weighted = layerOperators.has(node.operator) && node !== last;
      const inputs = node.inputs.map((name) => (this.#values.has(name) ? `${name}.float` : name));
      this.#nodes.push({ ...node, inputs: weighted ? [inputs[0] as string, ...this.#weigh(node)] : inputs });
      if (this.#values.has(node.output)) this.#quantizeValue(node.output);
    }
    const nodes = this.#withoutUnused(this.#nodes);
    const used = new Set(nodes.flatMap(({ inputs }) => inputs));
    for (const { output } of nodes) used.delete(output); // weights and biases that were floats
    const initializers = [...this.#graph.initializers, ...this.#initializers].filter(({ name }) => used.has(name));
    return { nodes, initializers };
  }

  #quantizeValue(name: string): void {
    if (name === this.#grey?.images) {
      this.#quantizeLevels(this.#grey);
      return;
    }
    const range = this.#ranges.get(this.#values.get(name) as string);
    if (range === undefined) {
      throw new OptionError(
        `exportOnnx: expected activations with the range of ${name}, but it has none.\n` +
          "  Calibrate the same network with the same mirror and faces.",
      );
    }
    const { scale, zero } = scaleOf(range);
    this.#scales.set(name, scale);
    const by = this.#scaleAndZero(name, scale, zero);
    this.#nodes.push({ operator: "QuantizeLinear", inputs: [name, ...by], output: `${name}.uint8`, attributes: {} });
    this.#nodes.push({ operator: "DequantizeLinear", inputs: [`${name}.uint8`, ...by], output: `${name}.float`, attributes: {} });
  }

  /** A level is its own eight bits. Where the zero is no whole number, the nearest is taken, and the bias makes up for it. */
  #quantizeLevels({ levels, images, scale, zero }: GreyLevels): void {
    const whole = Math.max(0, Math.min(255, Math.round(zero)));
    this.#scales.set(images, scale);
    this.#missing.set(images, scale * (whole - zero));
    const inputs = [levels, ...this.#scaleAndZero("levels", 1, 0)];
    this.#nodes.push({ operator: "QuantizeLinear", inputs, output: `${images}.uint8`, attributes: {} });
    const by = this.#scaleAndZero(images, scale, whole);
    this.#nodes.push({ operator: "DequantizeLinear", inputs: [`${images}.uint8`, ...by], output: `${images}.float`, attributes: {} });
  }

  #scaleAndZero(name: string, scale: number, zero: number): readonly [string, string] {
    return [this.#hold(`${name}.step`, [], Float32Array.of(scale)), this.#hold(`${name}.zero`, [], Uint8Array.of(zero))];
  }

  /** A layer's weights and bias in whole numbers, and the operations that make them floats again: the names of what these make. */
  #weigh({ inputs }: GraphNode): readonly [string, string] {
    const [taken, weight, bias] = inputs as readonly [string, string, string];
    const { shape, values: floats } = this.#held.get(weight) as StoredInitializer & { readonly values: Float32Array };
    const { values, scales } = inEightBits({ shape, values: floats }, greatestWeight);
    const n = scales.length;
    const each = values.length / n;
    const sums = Float64Array.from(scales, (scale, c) => scale * values.subarray(c * each, (c + 1) * each).reduce((sum, w) => sum + w, 0));
    const missing = this.#missing.get(taken) ?? 0;
    const steps = scales.map((scale) => scale * (this.#scales.get(taken) as number));
    const biases = (this.#held.get(bias) as StoredInitializer).values as Float32Array;
    const whole = Int32Array.from(biases, (b, c) => Math.round((b + missing * (sums[c] as number)) / (steps[c] as number)));
    this.#dequantize(weight, [
      this.#hold(`${weight}.int8`, shape, values),
      this.#hold(`${weight}.scale`, [n], scales),
      this.#hold(`${weight}.zero`, [n], new Int8Array(n)),
    ]);
    this.#dequantize(bias, [this.#hold(`${bias}.int32`, [n], whole), this.#hold(`${bias}.scale`, [n], steps)]);
    return [weight, bias];
  }

  #dequantize(name: string, inputs: readonly string[]): void {
    this.#nodes.push({ operator: "DequantizeLinear", inputs, output: name, attributes: { axis: 0 } });
  }

  #hold(name: string, shape: readonly number[], values: StoredInitializer["values"]): string {
    this.#initializers.push({ name, shape, values, weights: false });
    return name;
  }

  /** Grey levels are quantised as they come in: what made images of them is left out. */
  #withoutUnused(nodes: readonly GraphNode[]): GraphNode[] {
    const used = new Set(nodes.flatMap(({ inputs }) => inputs));
    const left = nodes.filter(({ output }, i) => i === nodes.length - 1 || used.has(output));
    return left.length === nodes.length ? left : this.#withoutUnused(left);
  }
}

/** The scale and the zero that fit a range, and 0, into eight bits without sign. */
export function scaleOf({ low, high }: ValueRange): { readonly scale: number; readonly zero: number } {
  const [least, most] = [Math.min(0, low), Math.max(0, high)];
  const scale = Math.fround((most - least) / 255) || 1;
  return { scale, zero: Math.max(0, Math.min(255, Math.round(-least / scale))) };
}
