import type { PhotoRecord } from "@semblant/answers";
import type { Box, FaceQuality, Landmarks, ModelMeasurement } from "@semblant/faces";

/** What a home says of the library that is open. */
export interface LibraryAbout {
  /** For a person: the folder's name. */
  readonly name: string;
  /** The folder, where it is one on disk. */
  readonly root?: string;
  /** The database server's address, without a password, where the library lies on one. */
  readonly database?: string;
  readonly photos: number;
  readonly faces: number;
  /** Nothing can be corrected, kept or indexed then. */
  readonly readonly: boolean;
  /** Another number whenever photos, faces, corrections or the model changed. */
  readonly revision: number;
  /** What the faces are named by; absent while nothing was indexed. */
  readonly model?: AboutModel;
  /** What is to be known of the answers, each in a sentence: faces unlike those that the model learned from, damaged rows. */
  readonly remarks: readonly string[];
}

/** A model as a page needs it. */
export interface AboutModel {
  readonly name: string;
  readonly version: string;
  readonly summary: string;
  readonly licence: string;
  readonly classes: readonly string[];
  /** (sub-classes): the class of each, an index into `classes`. */
  readonly kinds: readonly number[];
  readonly dimensions: number;
  /** Whether it was adapted to faces of this library. */
  readonly adapted: boolean;
  /** How well it names faces, on those that its card puts first; absent where the card has no measurement. */
  readonly measured?: ModelMeasurement;
}

/** Every photo of a library, and what could not be read. */
export interface PhotoList {
  /** Those without a face too. */
  readonly photos: readonly PhotoRecord[];
  /** (photos): how many faces were found in each, without loading any. */
  readonly faces: readonly number[];
  readonly unread: readonly { readonly path: string; readonly reason: string }[];
  readonly remarks: readonly { readonly path: string; readonly remark: string }[];
}

/** What came of pictures that were to be copied into the library's folder. */
export interface Added {
  /** Their paths in the library; the next index reads them. */
  readonly added: readonly string[];
  /** Those whose bytes are in the library already, by the path that they have there. */
  readonly already: readonly { readonly name: string; readonly path: string }[];
  readonly refused: readonly { readonly name: string; readonly reason: string }[];
}

/** A face of a picture that is not in the library. */
export interface LookedFace {
  /** In pixels of the picture, upright. */
  readonly box: Box;
  /** The detector's, 0 to 1. */
  readonly score: number;
  readonly landmarks: Landmarks;
  readonly quality: FaceQuality;
  /** (dimensions): by the library's model. */
  readonly embedding: Float32Array;
  /** P(class), in the order of the model's classes. */
  readonly distribution: readonly number[];
  /** The most probable class, whatever the verdict. */
  readonly expression: string;
  readonly probability: number;
  readonly verdict: "named" | "unsure" | "none of these" | "turned";
  /** ln p(face), in nats: low where nothing like it was seen. */
  readonly logDensity: number;
}

/** A picture that is not in the library, with the faces that were found in it. */
export interface LookedPicture {
  /** Pixels, upright. */
  readonly width: number;
  readonly height: number;
  /** Of the model that looked. */
  readonly classes: readonly string[];
  /** The largest first. */
  readonly faces: readonly LookedFace[];
  /** What is to be known of how it was read. */
  readonly remark?: string;
}

/** Folders that a library can be opened of. */
export interface FolderList {
  readonly path: string;
  /** Absent at the top. */
  readonly parent?: string;
  readonly folders: readonly { readonly name: string; readonly path: string; readonly library: boolean }[];
}

/** What a home that keeps copies of photos says of its storage. */
export interface StorageAbout {
  /** Whether it is there after the page was closed. */
  readonly kept: boolean;
  /** Bytes of the photos. */
  readonly bytes: number;
  /** Photos that are copies, and those that stay in the person's own folders. */
  readonly copies: number;
  readonly elsewhere: number;
  /** Bytes that are left, about; absent where nobody knows. */
  readonly left?: number;
}
