export * from "./adam.ts";
export { clipGradNorm } from "./gradient-norm.ts";
export { Optimizer, type OptimizerState } from "./optimizer.ts";
export * from "./sgd.ts";
