import type { FaceRecord } from "@semblant/answers";
import type { ModelCard } from "@semblant/faces";

/** A face as it is read, in pixels of the photo. */
export interface FoundFace extends Pick<FaceRecord, "box" | "score" | "landmarks" | "quality" | "appearance" | "turned"> {
  readonly embedding: Float32Array;
}

/** A photo with its faces, and the small pictures that screens show of them. */
export interface ReadPhoto {
  /** Pixels, upright, of the photo at its full size. */
  readonly width: number;
  readonly height: number;
  /** By the camera's clock, read as if it were UTC: milliseconds since 1970. */
  readonly taken?: number;
  readonly perceptualHash: bigint;
  readonly remark?: string;
  readonly faces: readonly FoundFace[];
  /** WebP, 320 pixels high. */
  readonly thumbnail: Blob;
  /** WebP, 160 pixels square, in the order of the faces. */
  readonly faceThumbnails: readonly Blob[];
}

/** What finds and embeds faces in files: the networks in a worker of the page, or a test's own. */
export interface PhotoReader {
  card(): Promise<ModelCard>;
  /** @throws DataError if it is no picture that this browser reads */
  read(file: Blob): Promise<ReadPhoto>;
}

/** What unpacks pictures and makes smaller ones of them. */
export interface Pictures {
  /** Upright and without metadata, as JPEG; `side`: most pixels along its longer side. */
  upright(file: Blob, side: number | "full"): Promise<Blob>;
  /** The small picture of a photo, or of a face in it. */
  thumbnail(file: Blob, face?: FaceRecord["box"]): Promise<Blob>;
}
