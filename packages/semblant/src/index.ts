export { type InspectDataOptions, inspectData } from "./commands/data-inspect.ts";
export { type Diagnosis, type ExamineMachineOptions, examineMachine } from "./commands/doctor.ts";
export { type EmbedDataOptions, embedData } from "./commands/embed.ts";
export { compareRuns, type EvaluatedRun, type EvaluateRunOptions, evaluateRun, summaryOf, writeReport } from "./commands/evaluate.ts";
export { type SubdivideDataOptions, type SubdividedData, subdivideData } from "./commands/subdivide.ts";
export { type TrainedRun, type TrainRunOptions, trainRun } from "./commands/train.ts";
export { writeEmbeddings } from "./formats/write-embeddings.ts";
