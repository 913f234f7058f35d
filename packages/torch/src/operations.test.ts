import { describe, expect, it } from "vitest";
import { cat, stack, tensor, where } from "./creation.ts";
import type { DType } from "./dtype.ts";
import stored from "./fixtures/operations.json" with { type: "json" };
import { batchNorm, conv2d, crossEntropy, leakyRelu, linear, normalize, softplus } from "./functional.ts";
import { grad } from "./gradients.ts";
import { adaptiveAvgPool2d, adaptiveMaxPool2d, avgPool2d, fractionalMaxPool2d, maxPool2d } from "./pooling.ts";
import { affineGrid, gridSample, interpolate } from "./sampling.ts";
import { tidy } from "./scopes.ts";
import type { Tensor } from "./tensor.ts";

type Run = (x: Tensor, y: Tensor, z: Tensor) => Tensor;

/** Every operation of this package, by the name it has in fixtures/make.py. */
const operations: Record<string, Run> = {
  add: (a, b) => a.add(b),
  "add a number": (a) => a.add(1.5),
  sub: (a, b) => a.sub(b),
  mul: (a, b) => a.mul(b),
  div: (a, b) => a.div(b),
  pow: (a, b) => a.pow(b),
  "pow a number": (a) => a.pow(2.5),
  maximum: (a, b) => a.maximum(b),
  "maximum a number": (a) => a.maximum(0.2),
  minimum: (a, b) => a.minimum(b),
  "minimum a number": (a) => a.minimum(0.2),
  neg: (a) => a.neg(),
  exp: (a) => a.exp(),
  log: (a) => a.log(),
  log1p: (a) => a.log1p(),
  sqrt: (a) => a.sqrt(),
  rsqrt: (a) => a.rsqrt(),
  abs: (a) => a.abs(),
  square: (a) => a.square(),
  sign: (a) => a.sign(),
  sin: (a) => a.sin(),
  cos: (a) => a.cos(),
  reciprocal: (a) => a.reciprocal(),
  sigmoid: (a) => a.sigmoid(),
  tanh: (a) => a.tanh(),
  relu: (a) => a.relu(),
  floor: (a) => a.floor(),
  round: (a) => a.round(),
  clamp: (a) => a.clamp(-0.5, 0.5),
  eq: (a, b) => a.eq(b),
  ne: (a, b) => a.ne(b),
  lt: (a, b) => a.lt(b),
  le: (a, b) => a.le(b),
  "gt a number": (a) => a.gt(0),
  ge: (a, b) => a.ge(b),
  logicalAnd: (a, b) => a.logicalAnd(b),
  logicalOr: (a, b) => a.logicalOr(b),
  logicalNot: (a) => a.logicalNot(),
  any: (a) => a.any(),
  all: (a) => a.all(),
  sum: (v) => v.sum(),
  "sum over dims": (v) => v.sum([0, 2], true),
  mean: (v) => v.mean(),
  "mean over a dim": (v) => v.mean(-1),
  variance: (v) => v.variance(),
  "variance over a dim": (v) => v.variance(1, { correction: 0, keep: true }),
  norm: (v) => v.norm(),
  "norm over a dim": (v) => v.norm(1, { p: 3, keep: true }),
  amax: (v) => v.amax(1),
  amin: (v) => v.amin([0, 1], true),
  argmax: (v) => v.argmax(1),
  argmin: (v) => v.argmin(),
  "max values": (v) => v.max(1).values,
  "max indices": (v) => v.max(1).indices,
  "topk values": (v) => v.topk(2, 2).values,
  "topk smallest indices": (v) => v.topk(2, 1, { largest: false }).indices,
  "sort values": (v) => v.sort(1, { descending: true }).values,
  "sort indices": (v) => v.sort(2).indices,
  cumsum: (v) => v.cumsum(1),
  softmax: (v) => v.softmax(1),
  logSoftmax: (v) => v.logSoftmax(-1),
  logsumexp: (v) => v.logsumexp([0, 2]),
  reshape: (v) => v.reshape([5, -1]),
  flatten: (v) => v.flatten(1),
  transpose: (v) => v.transpose(0, 2),
  permute: (v) => v.permute([2, 0, 1]),
  unsqueeze: (a) => a.unsqueeze(1),
  squeeze: (a) => a.squeeze(),
  "squeeze a dim": (a) => a.squeeze(2),
  expand: (a) => a.expand([2, 3]),
  slice: (v) => v.slice(1, 1, 3),
  "slice with a step": (v) => v.slice(2, 0, -1, 2),
  select: (v) => v.select(1, -1),
  indexSelect: (v, i) => v.indexSelect(1, i),
  gather: (v, i) => v.gather(1, i),
  scatter: (a, i, s) => a.scatter(1, i, s),
  scatterAdd: (a, i, s) => a.scatterAdd(1, i, s),
  indexAdd: (a, i, s) => a.indexAdd(0, i, s),
  flip: (v) => v.flip([0, 2]),
  oneHot: (i) => i.oneHot(4),
  maskedFill: (a, m) => a.maskedFill(m, -1),
  triu: (v) => v.triu(1),
  diagonal: (v) => v.diagonal(),
  nonzero: (v) => v.nonzero(),
  matmul: (a, b) => a.matmul(b),
  cdist: (a, b) => a.cdist(b),
  "cdist by the largest difference": (a, b) => a.cdist(b, Number.POSITIVE_INFINITY),
  cat: (a, b) => cat([a, b], 1),
  stack: (a, b) => stack([a, b], -1),
  where: (c, a, b) => where(c, a, b),
  conv2d: (x, weight, bias) => conv2d(x, weight, { bias, stride: [2, 1], padding: [1, 0], dilation: [1, 2] }),
  "conv2d in groups": (x, weight) => conv2d(x, weight, { groups: 3 }),
  "batchNorm in training": (x, weight, bias) => batchNorm(x, { weight, bias, runningMean: null, runningVar: null, training: true }),
  "batchNorm in use": (x, weight, bias) =>
    batchNorm(x, { weight, bias, runningMean: double([0.1, -0.2, 0.3]), runningVar: double([0.5, 1, 2]), training: false, eps: 1e-3 }),
  linear: (x, weight, bias) => linear(x, weight, bias),
  leakyRelu: (a) => leakyRelu(a, 0.2),
  softplus: (a) => softplus(a),
  normalize: (a) => normalize(a),
  maxPool2d: (x) => maxPool2d(x, { kernel: 3, stride: 2, padding: 1 }),
  avgPool2d: (x) => avgPool2d(x, { kernel: [2, 3], padding: [1, 0] }),
  adaptiveAvgPool2d: (x) => adaptiveAvgPool2d(x, [2, 4]),
  adaptiveMaxPool2d: (x) => adaptiveMaxPool2d(x, [2, 4]),
  fractionalMaxPool2d: (x, samples) => fractionalMaxPool2d(x, { kernel: 2, size: [3, 2], samples: samples.detach() }),
  crossEntropy: (a, target) => crossEntropy(a, target),
  "crossEntropy with smoothing": (a, target) => crossEntropy(a, target, { smoothing: 0.1 }),
  "crossEntropy of a distribution": (a, target) => crossEntropy(a, target),
  "interpolate nearest": (x) => interpolate(x, { size: [7, 4] }),
  "interpolate bilinear": (x) => interpolate(x, { size: [7, 4], mode: "bilinear" }),
  "interpolate bicubic": (x) => interpolate(x, { size: [8, 9], mode: "bicubic", alignCorners: true }),
  affineGrid: (theta) => affineGrid(theta, [2, 3, 4, 5]),
  gridSample: (x, grid) => gridSample(x, grid),
  "gridSample with reflection": (x, grid) => gridSample(x, grid, { mode: "bicubic", padding: "reflection", alignCorners: true }),
  "gridSample nearest at the border": (x, grid) => gridSample(x, grid, { mode: "nearest", padding: "border" }),
};

interface Stored {
  shape: number[];
  dtype: string;
  values: (number | boolean)[];
}
interface Case {
  inputs: Stored[];
  output: Stored;
  gradients?: Stored[];
}
const cases = stored as unknown as Record<string, Case>;
const double = (values: number[]): Tensor => tensor(values, { dtype: "float64" });
const load = ({ shape, dtype, values }: Stored): Tensor =>
  tensor(values.map(Number), { shape, dtype: dtype as DType, requiresGrad: dtype === "float64" });
const difference = (a: ArrayLike<number | bigint>, b: ArrayLike<number | boolean>): number =>
  Math.max(...Array.from(a, (value, i) => Math.abs(Number(value) - Number(b[i]))));

describe("operations", () => {
  it("are the ones PyTorch's numbers are stored for", () => {
    expect(Object.keys(operations).sort()).toEqual(Object.keys(cases).sort());
  });

  it.each(Object.entries(cases))("%s gives PyTorch's numbers, shape and type", (name, { inputs, output }) => {
    tidy(() => {
      const result = (operations[name] as Run)(...(inputs.map(load) as [Tensor, Tensor, Tensor]));
      expect({ shape: result.shape, dtype: result.dtype }).toEqual({ shape: output.shape, dtype: output.dtype });
      expect(difference(result.data(), output.values)).toBeLessThan(1e-12);
    });
  });

  const differentiable = Object.entries(cases).filter(([, { gradients }]) => gradients !== undefined);

  it.each(differentiable)(
    "%s has PyTorch's gradient, which is the one that finite differences give",
    (name, { inputs, gradients = [] }) => {
      tidy(() => {
        const leaves = inputs.map(load);
        const objective = (): Tensor => {
          const result = (operations[name] as Run)(...(leaves as [Tensor, Tensor, Tensor]));
          return result.mul(double(Array.from({ length: result.size }, (_, i) => Math.cos(i))).reshape(result.shape)).sum();
        };
        const floats = leaves.filter(({ dtype }) => dtype === "float64");
        const computed = grad(objective(), floats).map((gradient) => gradient.data() as Float64Array);
        computed.forEach((gradient, k) => {
          expect(difference(gradient, gradients[k]?.values ?? [])).toBeLessThan(1e-10);
          // samples choose windows, which no small change of them does
          if (name === "fractionalMaxPool2d" && k === 1) return;
          expect(difference(gradient, centralDifferences(objective, floats[k] as Tensor))).toBeLessThan(1e-5);
        });
      });
    },
  );
});

/** (f(x + h) − f(x − h)) / 2h for every element of a leaf. */
function centralDifferences(f: () => Tensor, leaf: Tensor, h = 1e-5): number[] {
  const flat = leaf.detach().reshape([-1]);
  return Array.from({ length: leaf.size }, (_, i) => {
    const element = flat.slice(0, i, i + 1);
    const at = (change: number): number => {
      element.addInPlace(change);
      return tidy(() => f().item());
    };
    const above = at(h);
    const below = at(-2 * h);
    at(h);
    return (above - below) / (2 * h);
  });
}
