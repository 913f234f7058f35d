export * from "./adam.ts";
export { clipGradNorm, Optimizer, type OptimizerState } from "./optimizer.ts";
export * from "./sgd.ts";
