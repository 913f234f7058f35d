import type { SetModel } from "@semblant/answers";
import { DataError, EngineError } from "@semblant/core";
import type { Box, FaceQuality, Landmarks, Picture } from "@semblant/faces";
import { closenessOf, differenceHash, isFaceAlready, scaledFace } from "@semblant/faces/internals";
import { fileBytes } from "../pictures/file-bytes.ts";
import { memoryRanOut } from "../pictures/open-picture.ts";
import { readPhoto } from "../pictures/read-photo.ts";
import { contentHash } from "./fingerprints.ts";

/** A face as a reader finds it, in pixels of the picture that it was shown. */
export interface FoundFace {
  readonly box: Box;
  readonly score: number;
  readonly landmarks: Landmarks;
  readonly quality: FaceQuality;
  readonly embedding: Float32Array;
  readonly appearance: Float32Array;
  /** Whether it is turned and could not be righted: it has no name. */
  readonly turned?: true;
}

/** What a library asks of a reader of faces: less than a `FaceReader`, which is one. */
export interface LibraryReader {
  readonly model: SetModel;
  /** The smallest faces that it looks for, where it was told: pixels of the photo as its file has it. */
  readonly smallest?: number;
  /** @param options `smallest`: pixels of this picture, where the reader was told of the photo's */
  read(picture: Picture, options?: { readonly smallest?: number }): Promise<readonly FoundFace[]>;
  /** Of a picture that is a face already, cut as the model wants it. */
  readCrop?(picture: Picture): Promise<FoundFace>;
  close(): unknown;
}

/** A photo with its faces, in pixels of the photo at its full size. */
export interface PhotoReading {
  readonly hash: string;
  readonly width: number;
  readonly height: number;
  readonly taken?: number;
  /** What is to be known of how it was read. */
  readonly remark?: string;
  readonly perceptualHash: bigint;
  /** Faces of so many pixels are found as surely as larger ones. */
  readonly surely: number;
  readonly faces: readonly FoundFace[];
}

/**
 * Why a photo was not read. What its `bytes` are stays as it is until they or the program change; `passing` is what may be gone the next
 * time (no permission, no memory, a disk that failed). A process of its own that `ended` did so by itself or at a limit; one that ended
 * `from outside` may have had nothing to do with the photo.
 */
export interface Unread {
  readonly reason: string;
  readonly cause: "bytes" | "passing" | "ended" | "ended from outside";
}

/** What came of a file: its faces; only its hash, where more was not wanted; why it cannot be read; or nothing, if it is gone. */
export type Reading = PhotoReading | { readonly hash: string } | Unread | { readonly gone: true };

/**
 * Reads a photo's faces, unless `wanted` says of the hash of its bytes that they are known.
 *
 * @returns the reading; a file that cannot be read is a reason, not an error
 * @throws EngineError where the reader itself is broken, whatever the photo
 */
export async function readFaces(
  place: string,
  reader: LibraryReader,
  wanted: (hash: string) => Promise<boolean> | boolean,
): Promise<Reading> {
  try {
    const bytes = await fileBytes(place);
    const hash = contentHash(bytes);
    if (!(await wanted(hash))) return { hash };
    const { smallest } = reader;
    const photo = await readPhoto(bytes, smallest === undefined ? {} : { smallest });
    const { originalWidth: width, originalHeight: height, taken, remark } = photo;
    const scale = width / photo.width;
    const faces = await facesIn(photo, reader, smallest === undefined ? undefined : smallest / scale);
    return {
      hash,
      width,
      height,
      ...(taken !== undefined && { taken }),
      ...(remark !== undefined && { remark }),
      perceptualHash: differenceHash(photo),
      surely: closenessOf({ width, height }, smallest).surely,
      faces: faces.map((face) => scaledFace(face, scale)),
    };
  } catch (error) {
    if (error instanceof EngineError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return { gone: true };
    if (code?.startsWith("E") && !code.startsWith("ERR_")) return { reason: `the file cannot be read (${code})`, cause: "passing" };
    const reason = message.replace(/^photo: /, "").split("\n")[0] as string;
    return { reason, cause: error instanceof DataError && reason !== memoryRanOut ? "bytes" : "passing" };
  }
}

/** The faces of a picture; one that is a face already is not searched for any. */
export async function facesIn(picture: Picture, reader: LibraryReader, smallest?: number): Promise<readonly FoundFace[]> {
  if (isFaceAlready(picture) && reader.readCrop !== undefined) return [await reader.readCrop(picture)];
  return smallest === undefined ? reader.read(picture) : reader.read(picture, { smallest });
}
