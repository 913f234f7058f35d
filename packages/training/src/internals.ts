/** What the packages of Semblant share among themselves. There is no promise about any of it: it may change with every version. */

export { everyRank } from "./distributed/every-rank.ts";
export { isFirst, ofRank0, onAnyRank, onRank0 } from "./distributed/of-rank0.ts";
export { refuseOtherVersions } from "./distributed/same-versions.ts";
export { type StepSpeed, timeSteps } from "./loop/step-speed.ts";
export { type DataDigest, digestOfData, refuseOtherData } from "./runs/data-digest.ts";
export { type DataPlaces, withAbsolutePaths } from "./runs/data-places.ts";
export { holderOf } from "./runs/lock.ts";
export { anotherTry, refuseLost, savedStep } from "./runs/lost-run.ts";
export { beginsAnew, goesOnAfter, refuseMissingCheckpoint } from "./runs/missing-checkpoint.ts";
export { refuseFilledFolder } from "./runs/run.ts";
export { resolveDevice } from "./steps/precision.ts";
export { moveSubdivision, readReports, refuseFilledSubdivision } from "./subdivision/folder.ts";
export { describeStart } from "./weights/load-weights.ts";
