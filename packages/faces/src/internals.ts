/** What the packages of Semblant share among themselves. There is no promise about any of it: it may change with every version. */

// Finding faces

export { oneBoxAFace } from "./detect/overlap.ts";
export { type Closeness, closenessOf } from "./detect/smallest.ts";
export { type Tile, tilesOf } from "./detect/tiles.ts";

// Models of expressions

export { adaptationText, readAdaptation } from "./embed/adaptation.ts";
export { priorOfCard } from "./embed/adaptation-prior.ts";
export { type Answering, answersOf, cardGaussiansOf, gaussiansOf } from "./embed/answers.ts";
export { adaptationOf, adaptedCard, adaptedModel, otherNetwork } from "./embed/apply-adaptation.ts";
export { checksumOf } from "./embed/checksum.ts";
export { cardMetadata, embedCrops } from "./embed/expression-model.ts";
export { type OnnxParts, onnxParts } from "./embed/onnx-parts.ts";
export { fromTriangle, toTriangle } from "./embed/triangle.ts";

// Faces of a video

export {
  type Followed,
  type Following,
  type FollowOptions,
  followFaces,
  nobody,
  type SeenFace,
  type Track,
} from "./follow/follow-faces.ts";
export { type SmoothOptions, smoothDistribution } from "./follow/smooth-distribution.ts";

// How good a face is

export { appearanceLength } from "./quality/appearance.ts";
export { sharpnessOf } from "./quality/face-quality.ts";

// Upright faces

export { framing, quarterOfFace, sideOfFace, squareOf } from "./align/align-face.ts";
export { resizePicture } from "./align/resize.ts";
export { placeIn, type Square, sideOf, squareAbout } from "./align/square.ts";
export { alongOf, type Quarter, turnPicture } from "./align/turn-picture.ts";
export { greyOf, warp } from "./align/warp.ts";

// Reading pictures, wherever they come from

export { differenceHash } from "./reading/difference-hash.ts";
export { isFaceAlready } from "./reading/face-already.ts";
export { type Extent, keptSide } from "./reading/kept-side.ts";
export { scaledFace } from "./reading/scaled-face.ts";
