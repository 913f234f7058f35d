import type { Embeddings } from "@semblant/core";
import type { Box, ExpressionModel, FaceQuality, Landmarks } from "@semblant/faces";

/** A photo that was read. */
export interface PhotoRecord {
  readonly id: number;
  /** From the library's folder, with `/` between names. */
  readonly path: string;
  /** Pixels, upright. The boxes and landmarks of its faces are in them. */
  readonly width: number;
  readonly height: number;
  /** Size of the file. */
  readonly bytes: number;
  /** When the file was last written, in milliseconds since 1970. */
  readonly modified: number;
  /** When it was taken: the camera's clock read as if it were UTC, in milliseconds since 1970; absent where the file does not say. */
  readonly taken?: number;
  /** SHA-256 of the file's bytes, in hexadecimal. */
  readonly hash: string;
  /** 64-bit difference hash of the picture: photos that look alike differ in few bits. */
  readonly perceptualHash: bigint;
}

/** A face that was found in a photo, and what people said of it. */
export interface FaceRecord {
  readonly id: number;
  /** Its photo's id. */
  readonly photo: number;
  readonly box: Box;
  /** The detector's, 0 to 1. */
  readonly score: number;
  readonly landmarks: Landmarks;
  readonly quality: FaceQuality;
  /** A coarse colour picture of head and shoulders: near for the same person in the same clothes. */
  readonly appearance: Float32Array;
  /** Whether it is turned and could not be righted: it has no name. */
  readonly turned?: true;
  /** The name of a class, where a person corrected what the model said. */
  readonly label?: string;
  /** Ids of faces that a person wants in one group with this one. */
  readonly together: readonly number[];
  /** Ids of faces that a person wants in other groups than this one. */
  readonly apart: readonly number[];
}

/** What a model knows without its network: enough to answer for embeddings that are there. */
export type SetModel = Pick<ExpressionModel, "card" | "classes" | "dimensions" | "gaussians" | "kinds" | "classify">;

/** What has to be known of a photo to name a face in it. */
export type NamedPhoto = Pick<PhotoRecord, "id" | "path">;

/** Less than a {@link FaceSet}, which is one: faces that can be named, wherever they are from. */
export interface NamedFaces<P extends NamedPhoto = NamedPhoto> {
  readonly faces: readonly Pick<FaceRecord, "id" | "photo" | "box" | "label" | "turned">[];
  readonly embeddings: Embeddings;
  readonly photos: ReadonlyMap<number, P>;
  readonly model: SetModel;
}

/** Faces with their photos and embeddings: what every question is asked of. */
export interface FaceSet {
  readonly faces: readonly FaceRecord[];
  /** (faces, dimensions): row i is of `faces[i]`; `ids` are the faces' ids. */
  readonly embeddings: Embeddings;
  /** By id: the photos of these faces, and those of the same folders in which no face was found. */
  readonly photos: ReadonlyMap<number, PhotoRecord>;
  readonly model: SetModel;
  /** The folder that photos' paths start from. */
  readonly root: string;
  /** The library's file; absent where the faces are of none. */
  readonly library?: string;
  /** What was left out since it is damaged, each in a sentence. */
  readonly remarks?: readonly string[];
}
