/** A reader that costs next to nothing, so that what is measured is the library: two faces a photo, embedded by their colours. */
import { Random } from "@semblant/core";
import type { ModelCard, Picture } from "@semblant/faces";
import { answersOf, gaussiansOf } from "@semblant/faces/internals";
import type { FoundFace, LibraryReader } from "@semblant/photos";

const dimensions = 128;
const grid = 4;
const random = new Random(1);
/** (dimensions, 48): as many directions as a model has, from the 4 x 4 mean colours of a face. */
const directions = Float32Array.from({ length: dimensions * grid * grid * 3 }, () => random.normal() / 8);

const card: ModelCard = {
  format: 1,
  name: "cheap",
  version: "1",
  summary: "For measuring libraries.",
  input: { size: 48, channels: 1 },
  dimensions,
  classes: ["dark", "bright"],
  gaussians: {
    means: [0, 1].map((value) => Array.from({ length: dimensions }, () => value)),
    sigmas: [1, 1],
    priors: [0.5, 0.5],
    parents: [0, 1],
  },
  thresholds: { posterior: 0.5, logDensity: -1e6 },
  measured: [],
  licence: "MIT",
  provenance: {},
  limits: [],
  unacceptable: [],
  checksum: "cheap",
};

export async function openReader(): Promise<LibraryReader> {
  const answering = gaussiansOf(card);
  const model = {
    card,
    classes: card.classes,
    dimensions,
    ...answering,
    classify: (X: Parameters<typeof answersOf>[1]) => answersOf(answering, X, card.thresholds),
  };
  return { model, read: async (picture) => [0, 1].map((half) => faceIn(picture, half)), close() {} };
}

function faceIn(picture: Picture, half: number): FoundFace {
  const side = Math.min(picture.height, Math.floor(picture.width / 2));
  const box = { x: half * side, y: 0, width: side, height: side };
  const colors = new Float32Array(grid * grid * 3);
  for (let place = 0; place < grid * grid; place++) {
    const x = box.x + Math.floor((((place % grid) + 0.5) * side) / grid);
    const y = Math.floor(((Math.floor(place / grid) + 0.5) * side) / grid);
    for (let c = 0; c < 3; c++) colors[place * 3 + c] = (picture.data[(y * picture.width + x) * 3 + c] as number) / 255;
  }
  const embedding = Float32Array.from({ length: dimensions }, (_, d) =>
    colors.reduce((sum, value, i) => sum + value * (directions[d * colors.length + i] as number), 0),
  );
  const point = { x: box.x + side / 2, y: side / 2 };
  return {
    box,
    score: 1,
    landmarks: { leftEye: point, rightEye: point, mouth: point, nose: point },
    quality: { side, sharpness: 1, yaw: 0, pitch: 0, roll: 0 },
    embedding,
    appearance: new Float32Array(108),
  };
}
