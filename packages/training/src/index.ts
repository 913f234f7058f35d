export * from "@semblant/datasets";
export { type Augmentation, augment } from "./augmentation/augment.ts";
export { noiseAndBlur } from "./augmentation/blur.ts";
export { clahe } from "./augmentation/clahe.ts";
export { erasing } from "./augmentation/erasing.ts";
export type { Geometry } from "./augmentation/geometry.ts";
export { brightness, contrast, gamma, permuteChannels } from "./augmentation/photometry.ts";
export type { PixelStep } from "./augmentation/pixel-step.ts";
export { prepare } from "./augmentation/prepare.ts";
export * from "./augmentation/presets.ts";
export { buildLoss, buildNetwork } from "./building/build.ts";
export { createLoss } from "./catalog/losses.ts";
export { createNetwork } from "./catalog/networks.ts";
export * from "./embedding/embed.ts";
export * from "./export/export-onnx.ts";
export type { WeightType } from "./export/weights.ts";
export { buildTraining } from "./loop/build-training.ts";
export type { TrainOptions } from "./loop/set-up.ts";
export { type StepSpeed, timeSteps } from "./loop/step-speed.ts";
export { labeledBySubclass, type Subclasses } from "./loop/subclasses.ts";
export * from "./loop/train.ts";
export * from "./losses/arcface.ts";
export * from "./losses/contrastive.ts";
export * from "./losses/cross-batch-memory.ts";
export * from "./losses/cross-entropy.ts";
export * from "./losses/lifted-structure.ts";
export { type Labels, type Loss, type LossOptions, makeLoss } from "./losses/loss.ts";
export { type DistanceWeights, distanceWeights, type Mining } from "./losses/mining.ts";
export * from "./losses/n-pair.ts";
export type { PairLoss, References } from "./losses/pairs.ts";
export type { Proxies } from "./losses/proxies.ts";
export * from "./losses/proxy-anchor.ts";
export * from "./losses/softmax.ts";
export * from "./losses/structured-gaussian-manifold.ts";
export * from "./losses/supervised-contrastive.ts";
export * from "./losses/triplet.ts";
export * from "./networks/alexnet.ts";
export * from "./networks/cvgg13.ts";
export type * from "./networks/embedding-network.ts";
export * from "./networks/fmpnet.ts";
export * from "./networks/preactresnet.ts";
export * from "./networks/resnet.ts";
export * from "./runs/data-digest.ts";
export * from "./runs/data-places.ts";
export * from "./runs/embed-splits.ts";
export * from "./runs/load-run.ts";
export { anotherTry, refuseLost, savedStep } from "./runs/lost-run.ts";
export { beginsAnew, goesOnAfter, refuseMissingCheckpoint } from "./runs/missing-checkpoint.ts";
export { createRun, openRun, type Run, refuseFilledFolder } from "./runs/run.ts";
export * from "./samplers/balanced.ts";
export * from "./samplers/plain.ts";
export type { Sampler, SamplerState } from "./samplers/sampler.ts";
export * from "./samplers/square-root.ts";
export * from "./samplers/triplets.ts";
export * from "./settings.ts";
export * from "./steps/schedule.ts";
export * from "./steps/step.ts";
export {
  createSubdivision,
  moveSubdivision,
  openSubdivision,
  readReports,
  refuseFilledSubdivision,
  type SubdivisionFolder,
} from "./subdivision/folder.ts";
export type { LevelReport } from "./subdivision/level.ts";
export * from "./subdivision/load-subdivision.ts";
export * from "./subdivision/settings.ts";
export * from "./subdivision/split.ts";
export { type ClassSplit, type SplitClassOptions, type SplitSettings, splitClass } from "./subdivision/split-class.ts";
export * from "./subdivision/subdivide.ts";
export * from "./weights/load-weights.ts";
