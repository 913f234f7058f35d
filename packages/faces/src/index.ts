export { answersOf, type ExpressionAnswer, gaussiansOf } from "./embed/answers.ts";
export { cardOf, type ExpressionModel, embedCrops, openExpressionModel } from "./embed/expression-model.ts";
export { type Measured, type ModelCard, type ModelMeasurement, readModelCard } from "./embed/model-card.ts";
export { checksumOf, type OnnxParts, onnxParts } from "./embed/onnx-parts.ts";
export { type Ort, onnxRuntime } from "./embed/onnx-runtime.ts";
export type { Box, Picture, Point } from "./picture.ts";
export type { NetworkTensor, Runtime, Session } from "./runtime.ts";
