/** What the packages of Semblant share among themselves. There is no promise about any of it: it may change with every version. */

// Tensors, gradients, layers, optimizers and files of weights

export { averageInPlace, exchangeValues } from "./average.ts";
export { beside } from "./beside.ts";
export { type Communication, communicationOf } from "./distributed/communication.ts";
export { gradientNorm, shrinkGradients } from "./gradient-norm.ts";
export { type WatchedInterruption, watchInterruption } from "./interruption.ts";
export { through } from "./layers.ts";
export { lockFile } from "./lock-file.ts";
export { type ReadyConvolution, readyConvolution } from "./winograd.ts";
