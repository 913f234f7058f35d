import { OptionError, ShapeError } from "@semblant/core";
import { aten } from "./aten.ts";
import { native } from "./binding.ts";
import { codeOf, type DType, dtypeOfArray } from "./dtype.ts";
import type { NativeResult, TypedArray } from "./native.ts";
import { operation } from "./operations.ts";
import type { Device } from "./place.ts";
import { checkDim, checkShape, type Shape, shown, sizeOf } from "./shapes.ts";
import { Tensor } from "./tensor.ts";

/** Numbers in nested arrays, every row as long as its neighbours. */
export type Nested = number | readonly Nested[];

/** Type and place of a new tensor. */
export interface TensorOptions {
  readonly dtype?: DType;
  readonly device?: Device;
}

const make = {
  arange: operation("aten::arange"),
  eye: operation("aten::eye"),
  full: operation("aten::full"),
  ones: operation("aten::ones"),
  rand: operation("aten::rand"),
  randn: operation("aten::randn"),
  zeros: operation("aten::zeros"),
};

/** The arguments that creating operators end in: dtype, layout, device. */
const place = ({ dtype = "float32", device = "cpu" }: TensorOptions) => [codeOf(dtype), null, device] as const;

/**
 * A tensor with a copy of `values`.
 *
 * Without `dtype`: numbers and Float32Array give float32, Float64Array float64, Int32Array and BigInt64Array int64,
 * Uint8Array uint8. Without `shape`: that of the nested arrays, or one dimension.
 *
 * @throws ShapeError if nested rows differ in length or `shape` holds another number of elements
 * @example
 * tensor([[1, 2], [3, 4]]).shape; // [2, 2]
 */
export function tensor(
  values: Nested | TypedArray,
  options: TensorOptions & { readonly shape?: Shape; readonly requiresGrad?: boolean } = {},
): Tensor {
  const typed = ArrayBuffer.isView(values);
  const flat = typed ? values : flatten(values, options.dtype);
  const shape = options.shape ?? (typed ? [flat.length] : nestedShape(values));
  checkShape("tensor", shape);
  if (sizeOf(shape) !== flat.length)
    throw new ShapeError(`tensor: expected ${sizeOf(shape)} values for shape ${shown(shape)}, but got ${flat.length}.`);
  const source = dtypeOfArray(flat);
  const dtype = options.dtype ?? (typed ? (source === "int32" ? "int64" : source) : "float32");
  const made = fromBytes(flat, source, shape, { dtype, device: options.device ?? "cpu" });
  return options.requiresGrad === true ? made.requireGrad() : made;
}

/** A tensor from the bytes of elements of type `source`. */
export function fromBytes(
  bytes: ArrayBufferView,
  source: DType,
  shape: Shape,
  { dtype = source, device = "cpu" }: TensorOptions = {},
): Tensor {
  return new Tensor(native().create(bytes, codeOf(source), shape, codeOf(dtype), device));
}

/** Whole numbers beyond 2²⁴ and float64 survive the way through a Float64Array. */
function flatten(values: Nested, dtype: DType = "float32"): TypedArray {
  const flat = typeof values === "number" ? [values] : leaves(values);
  return dtype === "float32" ? Float32Array.from(flat) : Float64Array.from(flat);
}

const leaves = (values: Nested): number[] => (typeof values === "number" ? [values] : values.flatMap(leaves));

function nestedShape(values: Nested): number[] {
  if (typeof values === "number") return [];
  const inner = values.map(nestedShape);
  const first = inner[0] ?? [];
  const odd = inner.findIndex((shape) => shape.length !== first.length || shape.some((size, i) => size !== first[i]));
  if (odd !== -1)
    throw new ShapeError(`tensor: expected rows of one shape, but row 0 is ${shown(first)} and row ${odd} is ${shown(inner[odd] ?? [])}.`);
  return [values.length, ...first];
}

/** Filled with 0. */
export function zeros(shape: Shape, options: TensorOptions = {}): Tensor {
  return filled("zeros", shape, options);
}

/** Filled with 1. */
export function ones(shape: Shape, options: TensorOptions = {}): Tensor {
  return filled("ones", shape, options);
}

/** Filled with one value. */
export function full(shape: Shape, value: number, options: TensorOptions = {}): Tensor {
  checkShape("full", shape);
  return new Tensor(make.full(shape, value, ...place(options)));
}

/** The whole numbers 0 to n − 1, int64 unless told otherwise. */
export function arange(n: number, options: TensorOptions = {}): Tensor {
  checkShape("arange", [n]);
  return new Tensor(make.arange(n, ...place({ dtype: "int64", ...options })));
}

/** The n × n identity. */
export function eye(n: number, options: TensorOptions = {}): Tensor {
  checkShape("eye", [n]);
  return new Tensor(make.eye(n, ...place(options)));
}

/** From the standard normal distribution, by libtorch's generator: {@link seed} it first. */
export function randn(shape: Shape, options: TensorOptions = {}): Tensor {
  return filled("randn", shape, options);
}

/** Evenly from 0 (included) to 1 (excluded), by libtorch's generator: {@link seed} it first. */
export function rand(shape: Shape, options: TensorOptions = {}): Tensor {
  return filled("rand", shape, options);
}

function filled(name: "zeros" | "ones" | "randn" | "rand", shape: Shape, options: TensorOptions): Tensor {
  checkShape(name, shape);
  return new Tensor(make[name](shape, ...place(options)));
}

/** Tensors one after the other along a dimension that they have. */
export function cat(tensors: readonly Tensor[], dim = 0): Tensor {
  return joined("cat", tensors, dim, (shape) => shape.map((size, i) => (i === (dim + shape.length) % shape.length ? -1 : size)));
}

/** Tensors of one shape along a new dimension. */
export function stack(tensors: readonly Tensor[], dim = 0): Tensor {
  return joined("stack", tensors, dim, (shape) => shape);
}

function joined(name: "cat" | "stack", tensors: readonly Tensor[], dim: number, compared: (shape: Shape) => Shape): Tensor {
  const first = tensors[0]?.shape;
  if (first === undefined) throw new OptionError(`${name}: expected at least one tensor, but got none.`);
  checkDim(name, dim, name === "stack" ? [...first, 1] : first);
  const odd = tensors.findIndex(({ shape }) => shown(compared(shape)) !== shown(compared(first)));
  if (odd !== -1)
    throw new ShapeError(`${name}: tensor 0 has shape ${shown(first)} and tensor ${odd} has ${shown((tensors[odd] as Tensor).shape)}.`);
  return new Tensor(
    aten[name](
      tensors.map((t) => t.handle),
      dim,
    ) as NativeResult,
  );
}

/** Elements of `a` where the condition (bool) holds, of `b` elsewhere. */
export function where(condition: Tensor, a: Tensor | number, b: Tensor | number): Tensor {
  const like = typeof a !== "number" ? a : typeof b !== "number" ? b : undefined;
  const options = { dtype: like?.dtype ?? "float32", device: condition.device } as const;
  const scalars: Tensor[] = [];
  const operand = (x: Tensor | number): Tensor => {
    if (typeof x !== "number") return x;
    scalars.push(full([], x, options));
    return scalars.at(-1) as Tensor;
  };
  const result = new Tensor(aten.where(condition.handle, operand(a).handle, operand(b).handle));
  for (const scalar of scalars) scalar.dispose();
  return result;
}
