import { conv2d, linear, maxPool2d, type Tensor, tensor } from "@semblant/torch";
import { readyConvolution } from "@semblant/torch/internals";
import type { Initializer } from "../onnx/graph.ts";
import type { Precision } from "../steps/precision.ts";
import type { FusedNode } from "./fuse-nodes.ts";

/** One operation, ready to be done. */
export interface Step {
  /** Names of the values it reads, and of the one that it makes. */
  readonly inputs: readonly string[];
  readonly output: string;
  /** Makes the output of the inputs, in their order; it may be one of them. */
  run(inputs: readonly Tensor[]): Tensor;
  /** Frees its weights. */
  dispose(): void;
}

/** Numbers of a graph as tensors of the precision that is computed in. */
type Constants = (name: string) => Tensor;

/** The operation as a step, or undefined where it is none of those that networks declare. */
export function makeStep(fused: FusedNode, initializers: ReadonlyMap<string, Initializer>, precision: Precision): Step | undefined {
  const held: { dispose(): void }[] = [];
  const constant: Constants = (name) => {
    const { values, shape } = initializers.get(name) as Initializer;
    const made = tensor(values, { shape });
    const cast = values instanceof BigInt64Array || precision === "float32" ? made : made.to(precision);
    if (cast !== made) made.dispose();
    held.push(cast);
    return cast;
  };
  const { node, output, relu, addend } = fused;
  const inputs = [...node.inputs.filter((name) => !initializers.has(name)), ...(addend === undefined ? [] : [addend])];
  const run = node.operator === "Conv" ? convolution(fused, constant, held) : operation(fused, constant, (name) => initializers.has(name));
  if (run === undefined) return undefined;
  const active = relu && node.operator !== "Conv" ? (given: readonly Tensor[]) => run(given).reluInPlace() : run;
  return { inputs, output, run: active, dispose: () => held.forEach((one) => void one.dispose()) };
}

type Run = Step["run"];

/** A convolution with its addition and its ReLU: by Winograd's products where it is one of 3×3 at stride 1. */
function convolution({ node, relu }: FusedNode, constant: Constants, held: { dispose(): void }[]): Run {
  const [, weightName, biasName] = node.inputs as [string, string, string];
  const { kernel_shape: kernel, strides, pads } = node.attributes as Record<string, [number, number]>;
  const plain = constant(weightName);
  const bias = constant(biasName);
  const square = kernel?.join() === "3,3" && strides?.join() === "1,1" && pads?.join() === "1,1,1,1";
  const ready = square ? readyConvolution(plain, bias) : null;
  if (ready !== null) {
    plain.dispose();
    held.push(ready);
    return ([x, addend = null]) => ready.forward(x as Tensor, { addend, relu });
  }
  const weight = plain.clone("channelsLast");
  plain.dispose();
  held.push(weight);
  return ([x, addend]) => {
    const y = conv2d(x as Tensor, weight, { bias, stride: strides as [number, number], padding: pads?.slice(0, 2) as [number, number] });
    if (addend !== undefined) y.addInPlace(addend);
    return relu ? y.reluInPlace() : y;
  };
}

/** Any other operation. */
function operation({ node }: FusedNode, constant: Constants, isConstant: (name: string) => boolean): Run | undefined {
  const { operator, inputs, attributes } = node;
  const second = inputs[1] ?? "";
  switch (operator) {
    case "Relu":
      return ([x]) => (x as Tensor).relu();
    case "Flatten":
      return ([x]) => (x as Tensor).flatten(1);
    case "ReduceMean":
      return ([x]) => (x as Tensor).mean([2, 3]);
    case "MaxPool":
      return pooling(attributes as Record<string, [number, number]>);
    case "Gemm": {
      const [weight, bias] = [constant(second), constant(inputs[2] as string)];
      return ([x]) => linear(x as Tensor, weight, bias);
    }
    case "Gather": {
      const places = constant(second);
      return ([x]) => (x as Tensor).indexSelect(attributes.axis as number, places);
    }
    case "Mul": {
      const factor = constant(second);
      return ([x]) => (x as Tensor).mul(factor);
    }
    case "Add": {
      const term = isConstant(second) ? constant(second) : undefined;
      return ([x, y]) => (x as Tensor).add(term ?? (y as Tensor));
    }
    default:
      return undefined;
  }
}

function pooling({ kernel_shape: kernel, strides, pads }: Record<string, [number, number]>): Run {
  const options = {
    kernel: kernel as [number, number],
    stride: strides as [number, number],
    padding: pads?.slice(0, 2) as [number, number],
  };
  return ([x]) => maxPool2d(x as Tensor, options);
}
