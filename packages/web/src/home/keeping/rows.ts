import type { FaceRecord, PhotoRecord } from "@semblant/answers";
import type { Box } from "@semblant/faces";

/** A picture that the visitor gave: copied into the browser's storage, or (with `handle`) still in the visitor's own folder. */
export interface FileRow {
  /** With `/` between names, as a folder had it. */
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly hash: string;
  readonly handle?: FileSystemFileHandle;
}

/** A photo whose faces were read. */
export interface PhotoRow extends PhotoRecord {
  readonly remark?: string;
}

/** A face with its embedding; what people said of it is in the corrections. */
export interface FaceRow extends Omit<FaceRecord, "label" | "together" | "apart"> {
  readonly embedding: Float32Array;
}

/** What a correction is about, so that it is found again in the same bytes; without a box it is the photo. */
export interface Target {
  readonly hash: string;
  readonly box?: Box;
}

export interface CorrectionRow {
  readonly id: number;
  readonly kind: "not a face" | "label" | "together" | "apart" | "hide";
  readonly label?: string;
  /** A folder. */
  readonly path?: string;
  readonly made: number;
  readonly targets: readonly Target[];
}

/** A picture that could not be read. */
export interface ErrorRow {
  readonly path: string;
  readonly reason: string;
  /** Of which bytes that is said. */
  readonly hash: string;
}

export interface DocumentRow {
  readonly name: string;
  readonly value: unknown;
}

/** Single facts: the model's card, the library's revision, what is in work. */
export interface FactRow {
  readonly name: string;
  readonly value: unknown;
}

/** A small picture of a face (`f12`) or of a photo's bytes (`p` and the hash). */
export interface ThumbnailRow {
  readonly name: string;
  readonly picture: Blob;
}

/** Every table with its rows. */
export interface Tables {
  readonly files: FileRow;
  readonly photos: PhotoRow;
  readonly faces: FaceRow;
  readonly corrections: CorrectionRow;
  readonly errors: ErrorRow;
  readonly documents: DocumentRow;
  readonly facts: FactRow;
  readonly thumbnails: ThumbnailRow;
}

export type Table = keyof Tables;

/** By what the rows of each table are known. */
export const keyOf = {
  files: "path",
  photos: "id",
  faces: "id",
  corrections: "id",
  errors: "path",
  documents: "name",
  facts: "name",
  thumbnails: "name",
} as const satisfies { readonly [T in Table]: keyof Tables[T] };

/** One row put into its place, or taken away. */
export type Change =
  | { readonly [T in Table]: { readonly table: T; readonly put: Tables[T] } }[Table]
  | { readonly table: Table; readonly drop: string | number };
