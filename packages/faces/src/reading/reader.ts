import { ShapeError } from "@semblant/core";
import { alignFace, sideOfFace } from "../align/align-face.ts";
import { resizePicture } from "../align/resize.ts";
import { greyOf } from "../align/warp.ts";
import { detectAnyWayUp } from "../detect/any-way-up.ts";
import { type DetectOptions, usualLandmarks } from "../detect/detect-faces.ts";
import { type ExpressionModel, openExpressionModel } from "../embed/expression-model.ts";
import type { DetectedFace } from "../face.ts";
import type { Picture } from "../picture.ts";
import { appearanceOf } from "../quality/appearance.ts";
import { type FaceQuality, measureQuality } from "../quality/face-quality.ts";
import { measureOpenness } from "../quality/openness.ts";
import type { Runtime } from "../runtime.ts";

/** A face of a picture with all that is known of it. */
export interface ReadFace extends DetectedFace {
  readonly quality: FaceQuality;
  /** (dimensions): where it lies in the model's space. */
  readonly embedding: Float32Array;
  /** A coarse colour picture of head and shoulders, for "the same person in the same clothes". */
  readonly appearance: Float32Array;
}

/** From pictures to faces to embeddings. Made by {@link openFaceReader}. */
export interface FaceReader {
  readonly model: ExpressionModel;
  /** The smallest faces that are looked for, where it was told; see {@link DetectOptions}. */
  readonly smallest?: number;
  /** Every face of a picture, whichever way up it is, the surest first. */
  read(picture: Picture, options?: DetectOptions): Promise<ReadFace[]>;
  /** A picture that is a face already, cut as the model knows them: no detection. */
  readCrop(picture: Picture): Promise<ReadFace>;
  close(): Promise<void>;
}

/** The networks of a reader, as bytes of their files. */
export interface FaceReaderOptions {
  readonly runtime: Runtime;
  /** UltraFace. */
  readonly detector: Uint8Array;
  /** BlazeFace. */
  readonly keypoints: Uint8Array;
  /** MediaPipe's face mesh; without it nobody can tell whether eyes are open. */
  readonly mesh?: Uint8Array;
  /** Of `semblant export`, opened or as bytes. */
  readonly model: Uint8Array | ExpressionModel;
  /** The smallest faces that are looked for, in pixels of the picture (10, more in large pictures: {@link closenessOf}). */
  readonly smallest?: number;
}

/** Of smaller faces the mesh tells nothing. */
const smallestForMesh = 36;

/**
 * Opens the networks that read faces.
 *
 * @throws DataError if one of them is damaged or is another
 */
export async function openFaceReader({ runtime, detector, keypoints, mesh, model, smallest }: FaceReaderOptions): Promise<FaceReader> {
  const expression = model instanceof Uint8Array ? await openExpressionModel(model, runtime) : model;
  const points = mesh === undefined ? undefined : await runtime.open(mesh);
  const networks = { detector: await runtime.open(detector), keypoints: await runtime.open(keypoints), ...(points && { mesh: points }) };

  const describe = async (picture: Picture, face: DetectedFace, crop: Uint8Array) => {
    const told = points !== undefined && face.landmarksFound && sideOfFace(face) >= smallestForMesh;
    const openness = told ? await measureOpenness(picture, face, points) : undefined;
    return { ...face, quality: measureQuality(face, crop, openness), appearance: appearanceOf(picture, face) };
  };

  const usual = smallest === undefined ? {} : { smallest };
  return {
    model: expression,
    ...usual,
    async read(picture, options) {
      refuseOtherPixels(picture);
      const faces = await detectAnyWayUp(picture, networks, { ...usual, ...options });
      const crops = faces.map((face) => alignFace(picture, face, { size: expression.size }));
      const each = expression.size ** 2;
      const all = new Uint8Array(crops.length * each);
      for (const [i, crop] of crops.entries()) all.set(crop, i * each);
      const X = await expression.embed(all);
      const read: ReadFace[] = [];
      for (const [i, face] of faces.entries()) {
        const described = await describe(picture, face, crops[i] as Uint8Array);
        read.push({ ...described, embedding: X.values.slice(i * X.columns, (i + 1) * X.columns) });
      }
      return read;
    },
    async readCrop(picture) {
      refuseOtherPixels(picture);
      const { size } = expression;
      const crop = greyOf(resizePicture(picture, { width: size, height: size }).data);
      const X = await expression.embed(crop);
      const box = { x: 0, y: 0, width: picture.width, height: picture.height };
      const face = { box, score: 1, landmarks: usualLandmarks(box), landmarksFound: false };
      return { ...(await describe(picture, face, crop)), embedding: X.values };
    },
    async close() {
      const opened = [networks.detector, networks.keypoints, ...(points === undefined ? [] : [points]), expression];
      await Promise.all(opened.map((one) => one.close()));
    },
  };
}

function refuseOtherPixels({ width, height, data }: Picture): void {
  if (data.length === width * height * 3) return;
  throw new ShapeError(
    `read: expected ${width} × ${height} pixels of red, green and blue, ${width * height * 3} bytes, but got ${data.length}.`,
  );
}
