/** The tensor. This file is long because it is one list: nearly every method is a line that names its operator. */

import { EngineError, ShapeError } from "@semblant/core";
import { aten, binary, unary } from "./aten.ts";
import { native } from "./binding.ts";
import { codeOf, type DType, dtypeOf, isDType } from "./dtype.ts";
import type { Handle, NativeResult, TypedArray } from "./native.ts";
import { refused } from "./operations.ts";
import { type Device, type MemoryFormat, memoryFormats } from "./place.ts";
import { enterScope, leaveScopes } from "./scopes.ts";
import { broadcasts, checkDim, type Shape, shown, sizeOf, unfit } from "./shapes.ts";

/**
 * Numbers of one type in a box of any rank, on the CPU or a GPU, that remember how they were made.
 *
 * Methods return new tensors and leave this one as it is, save those that end in `InPlace`. Second operands are tensors,
 * broadcast as NumPy does, or numbers; comparisons give bool tensors. Dimensions count from 0, or from the end when negative.
 * Memory is freed by {@link tidy}, `using` or `dispose()`; V8's collector is only the safety net.
 *
 * @throws ShapeError when shapes do not fit, EngineError when libtorch refuses or the tensor was disposed of
 * @example
 * const x = tensor([[1, 2], [3, 4]], { requiresGrad: true });
 * x.square().sum().backward();
 * x.grad?.data(); // Float32Array [2, 4, 6, 8]
 */
export class Tensor {
  #handle: Handle | null;
  #shape: Shape | undefined;
  #dtype: DType | undefined;

  /** Takes over a handle of the addon; others make tensors with {@link tensor} and its like. */
  constructor(handle: NativeResult) {
    this.#handle = handle as Handle;
    enterScope(this);
  }

  /** What the addon knows this tensor by. */
  get handle(): Handle {
    if (this.#handle === null) throw new EngineError("tensor: used after it was disposed of; keep() it, or return it from tidy().");
    return this.#handle;
  }

  get shape(): Shape {
    this.#shape ??= Object.freeze(native().shape(this.handle));
    return this.#shape;
  }
  get dtype(): DType {
    this.#dtype ??= dtypeOf(native().dtype(this.handle));
    return this.#dtype;
  }
  get device(): Device {
    return native().device(this.handle);
  }
  /** How many elements it has. */
  get size(): number {
    return sizeOf(this.shape);
  }
  /** Whether its memory has the channels of (batch, channels, height, width) varying fastest. */
  get channelsLast(): boolean {
    return native().channelsLast(this.handle);
  }

  // Gradients
  get requiresGrad(): boolean {
    return native().requiresGrad(this.handle);
  }
  /** Makes it a leaf that gradients are gathered for, or no longer. */
  requireGrad(flag = true): this {
    native().setRequiresGrad(this.handle, flag);
    return this;
  }
  /** What {@link backward} added up here, or null. */
  get grad(): Tensor | null {
    const gradient = native().gradientOf(this.handle);
    return gradient === null ? null : new Tensor(gradient);
  }
  set grad(gradient: Tensor | null) {
    native().setGradient(this.handle, gradient === null ? null : gradient.handle);
  }
  /** Adds the derivative of this scalar to `.grad` of every leaf it was made from; `gradient` weights the elements of a larger tensor. */
  backward(gradient?: Tensor): void {
    if (gradient === undefined && this.size !== 1)
      throw new ShapeError(`backward: expected one element or a gradient of shape ${shown(this.shape)}, but got neither.`);
    try {
      native().backward(this.handle, gradient?.handle ?? null);
    } catch (cause) {
      throw refused("backward", [this.#handle], cause);
    }
  }
  /** The same numbers, outside the graph; memory is shared. */
  detach(): Tensor {
    return new Tensor(unary.detach(this.handle));
  }

  // Arithmetic, elementwise
  add(other: Operand): Tensor {
    return this.#with("add", other);
  }
  sub(other: Operand): Tensor {
    return this.#with("sub", other);
  }
  mul(other: Operand): Tensor {
    return this.#with("mul", other);
  }
  div(other: Operand): Tensor {
    return this.#with("div", other);
  }
  pow(other: Operand): Tensor {
    return this.#with("pow", other);
  }
  /** The larger of each two. */
  maximum(other: Operand): Tensor {
    return this.#with("maximum", other);
  }
  /** The smaller of each two. */
  minimum(other: Operand): Tensor {
    return this.#with("minimum", other);
  }
  neg(): Tensor {
    return new Tensor(unary.neg(this.handle));
  }
  exp(): Tensor {
    return new Tensor(unary.exp(this.handle));
  }
  log(): Tensor {
    return new Tensor(unary.log(this.handle));
  }
  /** log(1 + x), exact near 0. */
  log1p(): Tensor {
    return new Tensor(unary.log1p(this.handle));
  }
  sqrt(): Tensor {
    return new Tensor(unary.sqrt(this.handle));
  }
  /** 1 / √x. */
  rsqrt(): Tensor {
    return new Tensor(unary.rsqrt(this.handle));
  }
  abs(): Tensor {
    return new Tensor(unary.abs(this.handle));
  }
  square(): Tensor {
    return new Tensor(unary.square(this.handle));
  }
  /** −1, 0 or 1. */
  sign(): Tensor {
    return new Tensor(unary.sign(this.handle));
  }
  sin(): Tensor {
    return new Tensor(unary.sin(this.handle));
  }
  cos(): Tensor {
    return new Tensor(unary.cos(this.handle));
  }
  /** 1 / x. */
  reciprocal(): Tensor {
    return new Tensor(unary.reciprocal(this.handle));
  }
  sigmoid(): Tensor {
    return new Tensor(unary.sigmoid(this.handle));
  }
  tanh(): Tensor {
    return new Tensor(unary.tanh(this.handle));
  }
  relu(): Tensor {
    return new Tensor(unary.relu(this.handle));
  }
  floor(): Tensor {
    return new Tensor(unary.floor(this.handle));
  }
  /** To the nearest whole number, halves to the even one. */
  round(): Tensor {
    return new Tensor(unary.round(this.handle));
  }
  /** Values below `min` become `min`, those above `max` become `max`; NaN stays. */
  clamp(min?: number, max?: number): Tensor {
    return new Tensor(aten.clamp(this.handle, min ?? null, max ?? null));
  }

  // In place: gradients flow, but a value that an earlier step keeps for its own must stay; weights change this way under noGrad
  /** Adds alpha · other. */
  addInPlace(other: Operand, alpha = 1): this {
    if (typeof other === "number") binary.addInPlace.scalar.run(this.handle, other, alpha);
    else binary.addInPlace.tensor.run(this.handle, other.handle, alpha);
    return this;
  }
  /** {@link relu} that keeps no second copy: for a value that nothing else reads. */
  reluInPlace(): this {
    unary.reluInPlace.run(this.handle);
    return this;
  }

  mulInPlace(other: Operand): this {
    if (typeof other === "number") binary.mulInPlace.scalar.run(this.handle, other);
    else binary.mulInPlace.tensor.run(this.handle, other.handle);
    return this;
  }
  /** Takes the values of another tensor, whatever its type and device. */
  copyInPlace(source: Tensor): this {
    if (!broadcasts(source.shape, this.shape)) throw unfit("copyInPlace", this.shape, source.shape);
    aten.copyInPlace.run(this.handle, source.handle);
    return this;
  }
  zeroInPlace(): this {
    aten.zeroInPlace.run(this.handle);
    return this;
  }
  fillInPlace(value: number): this {
    aten.fillInPlace.run(this.handle, value);
    return this;
  }
  /** Moves towards `end`: x + weight · (end − x). */
  lerpInPlace(end: Tensor, weight: number): this {
    aten.lerpInPlace.run(this.handle, end.handle, weight);
    return this;
  }

  // Comparisons: bool tensors
  eq(other: Operand): Tensor {
    return this.#with("eq", other);
  }
  ne(other: Operand): Tensor {
    return this.#with("ne", other);
  }
  lt(other: Operand): Tensor {
    return this.#with("lt", other);
  }
  le(other: Operand): Tensor {
    return this.#with("le", other);
  }
  gt(other: Operand): Tensor {
    return this.#with("gt", other);
  }
  ge(other: Operand): Tensor {
    return this.#with("ge", other);
  }
  logicalAnd(other: Tensor): Tensor {
    return new Tensor(aten.logicalAnd(this.handle, other.handle));
  }
  logicalOr(other: Tensor): Tensor {
    return new Tensor(aten.logicalOr(this.handle, other.handle));
  }
  logicalNot(): Tensor {
    return new Tensor(unary.logicalNot(this.handle));
  }
  /** Neither infinite nor NaN. */
  isFinite(): Tensor {
    return new Tensor(unary.isFinite(this.handle));
  }
  any(): Tensor {
    return new Tensor(aten.any(this.handle));
  }
  all(): Tensor {
    return new Tensor(aten.all(this.handle));
  }

  // Reductions: over all dimensions unless told which; `keep` leaves a size of 1 in their place
  sum(dims?: Dims, keep = false): Tensor {
    return new Tensor(dims === undefined ? aten.sum(this.handle) : aten.sumOver(this.handle, this.#dims("sum", dims), keep));
  }
  mean(dims?: Dims, keep = false): Tensor {
    return new Tensor(dims === undefined ? aten.mean(this.handle) : aten.meanOver(this.handle, this.#dims("mean", dims), keep));
  }
  /** Mean squared distance from the mean, the count lowered by `correction`. */
  variance(dims?: Dims, { keep = false, correction = 1 } = {}): Tensor {
    return new Tensor(aten.variance(this.handle, this.#dims("variance", dims), correction, keep));
  }
  /** (Σ|x|ᵖ)^(1/p). */
  norm(dims?: Dims, { keep = false, p = 2 } = {}): Tensor {
    return new Tensor(aten.norm(this.handle, p, this.#dims("norm", dims), keep));
  }
  amax(dims?: Dims, keep = false): Tensor {
    return new Tensor(aten.amax(this.handle, this.#dims("amax", dims) ?? [], keep));
  }
  amin(dims?: Dims, keep = false): Tensor {
    return new Tensor(aten.amin(this.handle, this.#dims("amin", dims) ?? [], keep));
  }
  /** Where the largest value is, int64; of the flattened tensor without a dimension. */
  argmax(dim?: number): Tensor {
    return new Tensor(aten.argmax(this.handle, this.#dim("argmax", dim)));
  }
  argmin(dim?: number): Tensor {
    return new Tensor(aten.argmin(this.handle, this.#dim("argmin", dim)));
  }
  /** The largest along a dimension, and where. */
  max(dim: number): ValuesAndIndices {
    return both(aten.max(this.handle, this.#dim("max", dim)));
  }
  /** The k largest (or smallest) along a dimension, best first. */
  topk(k: number, dim = -1, { largest = true } = {}): ValuesAndIndices {
    const available = this.shape.at(this.#dim("topk", dim) as number) ?? 1;
    if (!(k >= 0 && k <= available))
      throw new ShapeError(`topk: expected k to be from 0 to ${available} for shape ${shown(this.shape)}, but got ${k}.`);
    return both(aten.topk(this.handle, k, dim, largest));
  }
  /** Stable: equals keep their order. */
  sort(dim = -1, { descending = false } = {}): ValuesAndIndices {
    return both(aten.sort(this.handle, true, this.#dim("sort", dim), descending));
  }
  cumsum(dim: number): Tensor {
    return new Tensor(aten.cumsum(this.handle, this.#dim("cumsum", dim)));
  }
  softmax(dim: number): Tensor {
    return new Tensor(aten.softmax(this.handle, this.#dim("softmax", dim)));
  }
  logSoftmax(dim: number): Tensor {
    return new Tensor(aten.logSoftmax(this.handle, this.#dim("logSoftmax", dim)));
  }
  /** log Σ exp x, without overflow. */
  logsumexp(dims: Dims, keep = false): Tensor {
    return new Tensor(aten.logsumexp(this.handle, this.#dims("logsumexp", dims), keep));
  }

  // Shape: views of the same memory where libtorch can
  /** One size may be −1: whatever is left. */
  reshape(shape: Shape): Tensor {
    const known = sizeOf(shape.filter((size) => size !== -1));
    const open = shape.length - shape.filter((size) => size !== -1).length;
    const fits = open === 0 ? known === this.size : open === 1 && (known === 0 ? this.size === 0 : this.size % known === 0);
    if (!fits) throw new ShapeError(`reshape: expected ${this.size} elements as in ${shown(this.shape)}, but got ${shown(shape)}.`);
    return new Tensor(aten.reshape(this.handle, shape));
  }
  /** All dimensions from `start` on become one. */
  flatten(start = 0): Tensor {
    return new Tensor(aten.flatten(this.handle, this.#dim("flatten", start), -1));
  }
  transpose(a = 0, b = 1): Tensor {
    return new Tensor(aten.transpose(this.handle, this.#dim("transpose", a), this.#dim("transpose", b)));
  }
  permute(dims: Shape): Tensor {
    for (const dim of dims) checkDim("permute", dim, this.shape);
    return new Tensor(aten.permute(this.handle, dims));
  }
  /** A new dimension of size 1. */
  unsqueeze(dim: number): Tensor {
    checkDim("unsqueeze", dim, [...this.shape, 1]);
    return new Tensor(aten.unsqueeze(this.handle, dim));
  }
  /** Without its dimensions of size 1, or without this one if it is. */
  squeeze(dim?: number): Tensor {
    return new Tensor(dim === undefined ? aten.squeeze(this.handle) : aten.squeezeDim(this.handle, this.#dim("squeeze", dim)));
  }
  /** Sizes of 1 repeated without copying; −1 leaves a size as it is. */
  expand(shape: Shape): Tensor {
    return new Tensor(aten.expand(this.handle, shape));
  }
  /** From `start` up to, but without, `end`; negative ones count from the end. */
  slice(dim: number, start: number, end?: number, step = 1): Tensor {
    return new Tensor(aten.slice(this.handle, this.#dim("slice", dim), start, end ?? null, step));
  }
  /** One row of a dimension, which goes away. */
  select(dim: number, index: number): Tensor {
    const size = this.shape.at(this.#dim("select", dim) as number) ?? 0;
    if (!(index >= -size && index < size))
      throw new ShapeError(`select: expected an index from ${-size} to ${size - 1}, but got ${index}.`);
    return new Tensor(aten.select(this.handle, dim, index));
  }
  /** Rows of a dimension by number; `index` is int64 (n). */
  indexSelect(dim: number, index: Tensor): Tensor {
    return new Tensor(aten.indexSelect(this.handle, this.#dim("indexSelect", dim), index.handle));
  }
  /** x[…, index, …]: one element of `dim` for each of `index`. */
  gather(dim: number, index: Tensor): Tensor {
    return new Tensor(aten.gather(this.handle, this.#dim("gather", dim), index.handle));
  }
  /** A copy in which x[…, index, …] is `source`. */
  scatter(dim: number, index: Tensor, source: Tensor): Tensor {
    return new Tensor(aten.scatter(this.handle, this.#dim("scatter", dim), index.handle, source.handle));
  }
  /** A copy in which `source` is added at x[…, index, …]; repeated indices add up. */
  scatterAdd(dim: number, index: Tensor, source: Tensor): Tensor {
    return new Tensor(aten.scatterAdd(this.handle, this.#dim("scatterAdd", dim), index.handle, source.handle));
  }
  /** A copy in which the rows of `source` are added to rows `index`. */
  indexAdd(dim: number, index: Tensor, source: Tensor): Tensor {
    return new Tensor(aten.indexAdd(this.handle, this.#dim("indexAdd", dim), index.handle, source.handle));
  }
  flip(dims: Dims): Tensor {
    return new Tensor(aten.flip(this.handle, this.#dims("flip", dims)));
  }
  /** int64 (…) of class numbers → int64 (…, classes). */
  oneHot(classes: number): Tensor {
    return new Tensor(aten.oneHot(this.handle, classes));
  }
  maskedFill(mask: Tensor, value: number): Tensor {
    return new Tensor(aten.maskedFill(this.handle, mask.handle, value));
  }
  /** Zero below the diagonal. */
  triu(diagonal = 0): Tensor {
    return new Tensor(aten.triu(this.handle, diagonal));
  }
  diagonal(): Tensor {
    return new Tensor(aten.diagonal(this.handle));
  }
  /** Where elements are not 0: int64 (count, rank). */
  nonzero(): Tensor {
    return new Tensor(unary.nonzero(this.handle));
  }

  // Products and distances
  /** Matrix product, batched over leading dimensions. */
  matmul(other: Tensor): Tensor {
    const inner = other.shape.at(other.shape.length > 1 ? -2 : -1);
    if (this.shape.at(-1) !== inner) throw new ShapeError(`matmul: inner sizes differ: ${shown(this.shape)} times ${shown(other.shape)}.`);
    return new Tensor(aten.matmul(this.handle, other.handle));
  }
  /**
   * Distances between the rows of two matrices: (m, d), (n, d) → (m, n).
   *
   * For many rows libtorch takes them from a matrix product, which is fast and leaves some 1e-4 between rows that are equal;
   * `exact` takes every difference by itself, so that equal rows have the distance 0, with gradient 0.
   */
  cdist(other: Tensor, p = 2, { exact = false } = {}): Tensor {
    if (this.shape.at(-1) !== other.shape.at(-1))
      throw new ShapeError(
        `cdist: rows have ${this.shape.at(-1)} and ${other.shape.at(-1)} columns: ${shown(this.shape)} and ${shown(other.shape)}.`,
      );
    return new Tensor(aten.cdist(this.handle, other.handle, p, exact ? 2 : null)); // 2: never by a matrix product
  }

  // Type, place, layout
  /** As another element type, or on another device. */
  to(target: DType | Device): Tensor {
    if (isDType(target)) return new Tensor(aten.toDtype(this.handle, codeOf(target)));
    return new Tensor(aten.toDevice(this.handle, null, null, target));
  }
  /** Laid out in memory as its shape says, or with channels varying fastest, which convolutions on the CPU like. */
  contiguous(format: MemoryFormat = "contiguous"): Tensor {
    return new Tensor(aten.contiguous(this.handle, memoryFormats[format]));
  }
  /** A copy, laid out as this one or as asked, also where one channel leaves both layouts open and `contiguous` does nothing. */
  clone(format?: MemoryFormat): Tensor {
    return new Tensor(unary.clone(this.handle, format === undefined ? null : memoryFormats[format]));
  }
  /** Takes over another tensor's values, type, device and layout, and stays the same leaf of the graph: how modules move. */
  setData(values: Tensor): this {
    native().setData(this.handle, values.handle);
    this.#shape = undefined;
    this.#dtype = undefined;
    return this;
  }

  // Out of the graph
  /** The one element, as a number. */
  item(): number {
    if (this.size !== 1) throw new ShapeError(`item: expected one element, but got shape ${shown(this.shape)}.`);
    return native().item(this.handle);
  }
  /** A copy of the elements, rows in order; half precisions come as Float32Array, bool as Uint8Array. */
  data(): TypedArray {
    return native().data(this.handle, false);
  }
  /** A copy of the elements' bytes as they lie in memory, rows in order. */
  bytes(): Uint8Array {
    return native().data(this.handle, true) as Uint8Array;
  }

  // Memory
  get disposed(): boolean {
    return this.#handle === null;
  }
  /** Frees it now. A second time does nothing. */
  dispose(): void {
    if (this.#handle === null) return;
    native().dispose(this.#handle);
    this.#handle = null;
    leaveScopes(this);
  }
  [Symbol.dispose](): void {
    this.dispose();
  }

  #with(name: keyof typeof binary, other: Operand): Tensor {
    if (typeof other === "number") return new Tensor(binary[name].scalar(this.handle, other));
    try {
      return new Tensor(binary[name].tensor(this.handle, other.handle));
    } catch (error) {
      throw error instanceof EngineError && !this.disposed && !other.disposed && !broadcasts(this.shape, other.shape)
        ? unfit(name, this.shape, other.shape)
        : error;
    }
  }
  #dim(where: string, dim: number | undefined): number | null {
    if (dim === undefined) return null;
    checkDim(where, dim, this.shape);
    return dim;
  }
  #dims(where: string, dims: Dims | undefined): readonly number[] | null {
    if (dims === undefined) return null;
    const list = typeof dims === "number" ? [dims] : dims;
    for (const dim of list) checkDim(where, dim, this.shape);
    return list;
  }
}

/** A second operand: broadcast when it is a tensor. */
export type Operand = Tensor | number;

/** One dimension or several. */
export type Dims = number | readonly number[];

/** Values of a search along a dimension, and their places there (int64). */
export interface ValuesAndIndices {
  readonly values: Tensor;
  readonly indices: Tensor;
}

function both(result: NativeResult): ValuesAndIndices {
  const [values, indices] = result as readonly NativeResult[];
  return { values: new Tensor(values as NativeResult), indices: new Tensor(indices as NativeResult) };
}
