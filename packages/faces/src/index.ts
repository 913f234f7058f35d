// Faces in photos

export { type FaceReader, type FaceReaderOptions, openFaceReader, type ReadFace } from "./reading/reader.ts";

// Finding faces

export { detectAnyWayUp } from "./detect/any-way-up.ts";
export { type DetectOptions, detectFaces, type FaceDetector } from "./detect/detect-faces.ts";
export { mainFace } from "./detect/main-face.ts";
export { intersectionOverUnion } from "./detect/overlap.ts";

// Models of expressions

export type { Adaptation, AdaptedNetwork } from "./embed/adaptation.ts";
export type { ExpressionAnswer } from "./embed/answers.ts";
export { applyAdaptation } from "./embed/apply-adaptation.ts";
export { cardOf, type ExpressionModel, openExpressionModel } from "./embed/expression-model.ts";
export { type CardGaussians, type Measured, type ModelCard, type ModelMeasurement, readModelCard } from "./embed/model-card.ts";
export { type Ort, onnxRuntime } from "./embed/onnx-runtime.ts";

// How good a face is

export { appearanceOf } from "./quality/appearance.ts";
export { type FaceQuality, measureQuality } from "./quality/face-quality.ts";
export { measureOpenness, type Openness } from "./quality/openness.ts";

// Upright faces

export { alignFace } from "./align/align-face.ts";

// Pictures, faces and what runs networks

export type { DetectedFace, Landmarks, ScoredBox } from "./face.ts";
export type { Box, Picture, Point } from "./picture.ts";
export type { NetworkTensor, Runtime, Session } from "./runtime.ts";
