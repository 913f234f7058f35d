import type { PhotoRecord } from "@semblant/answers";
import { inOurWords } from "./failures.ts";
import { fileOf, type Library } from "./library.ts";
import { type PhotoRemark, photoRemarks } from "./photo-remarks.ts";

/** Every photo of a library, and what could not be read. */
export interface ListedPhotos {
  /** Those without a face too, by their paths. */
  readonly photos: readonly PhotoRecord[];
  /** (photos): how many faces were found in each. */
  readonly faces: readonly number[];
  readonly unread: readonly { readonly path: string; readonly reason: string }[];
  readonly remarks: readonly PhotoRemark[];
}

type Row = [number, string, number, number, number, number, number | null, string, Buffer, number];

/**
 * Lists the photos of a library without their faces: one read of one table, also while nothing was indexed.
 *
 * @throws DataError if the file is damaged
 */
export function listPhotos(library: Library): ListedPhotos {
  const file = fileOf(library);
  const sql = "SELECT id, path, width, height, bytes, modified, taken, hash, perceptual, faces FROM photos WHERE current = 1 ORDER BY path";
  try {
    return file.transaction(() => {
      const rows = file.prepare(sql).raw().all() as Row[];
      return {
        photos: rows.map(([id, path, width, height, bytes, modified, taken, hash, perceptual]) => {
          const perceptualHash = perceptual.length === 8 ? perceptual.readBigUInt64BE() : 0n;
          return { id, path, width, height, bytes, modified, ...(taken !== null && { taken }), hash, perceptualHash };
        }),
        faces: rows.map((row) => row[9]),
        unread: file.prepare("SELECT path, reason FROM errors ORDER BY path").all() as { path: string; reason: string }[],
        remarks: photoRemarks(file),
      };
    })();
  } catch (error) {
    throw inOurWords(error, library.path);
  }
}
