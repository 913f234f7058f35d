// Tensors, gradients, layers, optimizers and files of weights

export { Adam, type AdamOptions, AdamW } from "./adam.ts";
export { loadable } from "./binding.ts";
export {
  arange,
  cat,
  eye,
  fromBytes,
  full,
  type Nested,
  ones,
  rand,
  randn,
  stack,
  type TensorOptions,
  tensor,
  where,
  zeros,
} from "./creation.ts";
export { hasGloo, type ProcessGroupBackend } from "./distributed/backends.ts";
export { type RankPlace, rankFromEnvironment } from "./distributed/environment.ts";
export { gatherRows, sumGradients, sumGradientsDuring } from "./distributed/gradients.ts";
export { inProcessGroup } from "./distributed/in-process-group.ts";
export { joinProcessGroup, type ProcessGroupOptions } from "./distributed/join.ts";
export type { ProcessGroup } from "./distributed/process-group.ts";
export { type DType, dtypes } from "./dtype.ts";
export {
  allowTensorFloat32,
  type Engine,
  engine,
  fastBfloat16,
  randomState,
  seed,
  setRandomState,
  setThreads,
  synchronize,
  threads,
} from "./engine.ts";
export { batchNorm, conv2d, crossEntropy, dropout, leakyRelu, linear, normalize, softplus } from "./functional.ts";
export { clipGradNorm } from "./gradient-norm.ts";
export { grad } from "./gradients.ts";
export { constant, kaimingNormal, normal, uniform } from "./initialization.ts";
export {
  AdaptiveAvgPool2d,
  BatchNorm2d,
  Conv2d,
  type Conv2dOptions,
  Dropout,
  Flatten,
  Identity,
  Linear,
  MaxPool2d,
  ReLU,
  Sequential,
} from "./layers.ts";
export { Module, type StateMatch } from "./module.ts";
export type { TypedArray } from "./native.ts";
export { Optimizer, type OptimizerState } from "./optimizer.ts";
export type { Pair } from "./pair.ts";
export type { Device, MemoryFormat } from "./place.ts";
export { adaptiveAvgPool2d, adaptiveMaxPool2d, avgPool2d, fractionalMaxPool2d, maxPool2d, type PoolOptions } from "./pooling.ts";
export { readSafetensors, type SafeTensors, writeSafetensors } from "./safetensors.ts";
export { affineGrid, gridSample, interpolate, type SampleMode } from "./sampling.ts";
export { autocast, keep, liveBytes, liveTensors, noGrad, tidy } from "./scopes.ts";
export { SGD, type SGDOptions } from "./sgd.ts";
export type { Shape } from "./shapes.ts";
export { type Dims, type Operand, Tensor, type ValuesAndIndices } from "./tensor.ts";
