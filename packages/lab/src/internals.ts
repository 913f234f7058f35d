/** What the packages of Semblant share among themselves. There is no promise about any of it: it may change with every version. */

// Of training and data sets, for those who load the lab alone

export { formatInspection } from "@semblant/datasets";
export { type RankPlace, rankFromEnvironment } from "@semblant/torch";
export type { Step, SubdivisionSettings, SubdivisionStep, WeightType } from "@semblant/training";
export { anotherTry, holderOf } from "@semblant/training/internals";
export {
  lossDeclarations,
  networkDeclarations,
  type PartialSettings,
  resolveSettings,
  settingRanges,
} from "@semblant/training/settings";

// Data and models

export { type OpenedFaceFinder, openFaceFinder } from "./data/face-finder.ts";
export { type BusyListener, listenWhileBusy } from "./data/hear-while-busy.ts";
export { placesFrom } from "./data/moved-data.ts";
export { cropsOf } from "./models/crops.ts";
export type { MeasuredSpace } from "./models/measured.ts";
export type { ComputeType } from "./models/parity.ts";
export { type EngineFound, type ExaminedEngine, examineEngine } from "./runs/examine-engine.ts";
export { type FormedMap, formMap } from "./runs/form-map.ts";

// The paper

export { experimentNames } from "./paper/experiments.ts";
export type { PublishedMethod, PublishedNetwork } from "./paper/published.ts";
export type { StudyOptions } from "./paper/study.ts";

// Pictures and tables

export { loadCharts } from "./pictures/load-charts.ts";
export { checkPictureName } from "./pictures/write-picture.ts";
export { summaryOf } from "./report/write-report.ts";
export { formatComparedLosses } from "./tables/compare-table.ts";
export { declaredAsJson, formatDeclared } from "./tables/declared-table.ts";
export { formatComparison, formatEvaluation } from "./tables/evaluation-table.ts";
export { columnsExplained, formatLevels } from "./tables/subdivide-table.ts";
