import type { Tensor } from "@semblant/torch";

/** Numbers that a graph holds: weights, biases, constants. */
export interface Initializer {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | BigInt64Array;
  /** Of the last operations' weights, which are most of the file and may be stored in fewer bits; the first axis is the output channel. */
  readonly weights: boolean;
}

/** The same as a file has it, which may be in whole numbers. */
export interface StoredInitializer extends Omit<Initializer, "values"> {
  readonly values: Initializer["values"] | Int8Array | Uint8Array | Int32Array;
}

/** One operation: ONNX's name for it, the values it takes and makes, and its settings. */
export interface GraphNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Readonly<Record<string, number | string | readonly number[]>>;
}

/**
 * A graph of ONNX operations as it is being written: each method appends an operation and gives the name of what it makes.
 *
 * Operations are those of opset 17, with images as (batch, channels, height, width).
 */
export class Graph {
  readonly nodes: GraphNode[] = [];
  readonly initializers: Initializer[] = [];
  /** Convolutions that a batch norm was worked into, and that norm. */
  readonly foldedNorms = new Map<string, string>();

  /** The value that the named operator makes of the inputs. */
  add(operator: string, inputs: readonly string[], attributes: GraphNode["attributes"] = {}, output?: string): string {
    const name = output ?? `${operator.toLowerCase()}_${this.nodes.length}`;
    this.nodes.push({ operator, inputs, output: name, attributes });
    return name;
  }

  /** Numbers of the graph itself, by a name of their own. */
  constant(name: string, values: Float32Array | readonly number[], shape: readonly number[], { weights = false } = {}): string {
    this.initializers.push({ name, shape, values: Float32Array.from(values), weights });
    return name;
  }

  /** Whole numbers, for operations that take a shape or an axis as an input. */
  whole(name: string, values: readonly number[]): string {
    this.initializers.push({ name, shape: [values.length], values: BigInt64Array.from(values, BigInt), weights: false });
    return name;
  }

  relu(x: string): string {
    return this.add("Relu", [x]);
  }

  maxPool(x: string, { kernel, stride, padding = 0 }: { kernel: number; stride: number; padding?: number }): string {
    return this.add("MaxPool", [x], { kernel_shape: twice(kernel), strides: twice(stride), pads: fourTimes(padding) });
  }

  /** The mean over height and width: (batch, channels). */
  globalMean(x: string): string {
    return this.add("ReduceMean", [x], { axes: [2, 3], keepdims: 0 });
  }

  flatten(x: string): string {
    return this.add("Flatten", [x], { axis: 1 });
  }

  /** A convolution with the layer's weights, and the batch norm that follows it, if any, worked into them. */
  convolution(x: string, state: State, name: string, options: { stride?: number; padding?: number; norm?: string } = {}): string {
    const { stride = 1, padding = 0, norm } = options;
    if (norm !== undefined) this.foldedNorms.set(name, norm);
    const weight = tensorOf(state, `${name}.weight`);
    const [filters = 0, , kernel = 0] = weight.shape;
    const bias = state.has(`${name}.bias`) ? valuesOf(state, `${name}.bias`) : new Float32Array(filters);
    const { weights, biases } = folded(weight.data() as Float32Array, bias, norm === undefined ? undefined : affineOf(state, norm));
    const inputs = [
      x,
      this.constant(`${name}.weight`, weights, weight.shape, { weights: true }),
      this.constant(`${name}.bias`, biases, [filters]),
    ];
    return this.add("Conv", inputs, { kernel_shape: twice(kernel), strides: twice(stride), pads: fourTimes(padding) });
  }

  /** Batch norm with its running statistics, as a scale and a shift of each channel. */
  batchNorm(x: string, state: State, name: string): string {
    const { scale, shift } = affineOf(state, name);
    const shape = [1, scale.length, 1, 1];
    const scaled = this.add("Mul", [x, this.constant(`${name}.scale`, scale, shape)]);
    return this.add("Add", [scaled, this.constant(`${name}.shift`, shift, shape)]);
  }

  /** x · weightᵀ + bias. */
  linear(x: string, state: State, name: string): string {
    const weight = tensorOf(state, `${name}.weight`);
    const inputs = [
      x,
      this.constant(`${name}.weight`, weight.data() as Float32Array, weight.shape, { weights: true }),
      this.constant(`${name}.bias`, valuesOf(state, `${name}.bias`), [weight.shape[0] as number]),
    ];
    return this.add("Gemm", inputs, { transB: 1 });
  }
}

/** Weights by PyTorch's names, as a network's `stateDict` gives them. */
export type State = ReadonlyMap<string, Tensor>;

/** y = scale · x + shift for each channel: what batch norm is once it learns no more. */
function affineOf(state: State, name: string): { scale: Float32Array; shift: Float32Array } {
  const [weight, bias, mean, variance] = ["weight", "bias", "running_mean", "running_var"].map((part) =>
    valuesOf(state, `${name}.${part}`),
  );
  const scale = (weight as Float32Array).map((w, c) => w / Math.sqrt((variance?.[c] as number) + 1e-5));
  const shift = (bias as Float32Array).map((b, c) => b - (mean?.[c] as number) * (scale[c] as number));
  return { scale, shift };
}

function folded(weight: Float32Array, bias: Float32Array, affine: { scale: Float32Array; shift: Float32Array } | undefined) {
  if (affine === undefined) return { weights: weight, biases: bias };
  const { scale, shift } = affine;
  const each = weight.length / bias.length;
  const weights = new Float32Array(weight.length);
  scale.forEach((factor, filter) => {
    for (let i = filter * each; i < (filter + 1) * each; i++) weights[i] = (weight[i] as number) * factor;
  });
  return {
    weights,
    biases: bias.map((b, c) => b * (scale[c] as number) + (shift[c] as number)),
  };
}

function tensorOf(state: State, name: string): Tensor {
  const values = state.get(name);
  if (values === undefined) throw new Error(`export: the network has no ${name}.`);
  return values;
}

function valuesOf(state: State, name: string): Float32Array {
  return tensorOf(state, name).data() as Float32Array;
}

const twice = (n: number) => [n, n];
const fourTimes = (n: number) => [n, n, n, n];
