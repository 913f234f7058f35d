import type { ImageShape } from "./memory-images.ts";

/**
 * What finds the face of a picture. It is handed in, since it takes networks of its own, and reading data takes none: `openFaceFinder` of
 * `semblant` makes one.
 */
export interface FaceFinder {
  /** What tells its faces from another finder's: kept faces of another are not taken. */
  readonly version: string;
  /**
   * The face of a picture, turned upright and cut out as the models that ship know faces: (height, width, channels), 0 to 255. Of several
   * it is the one that is large and in the middle. A picture that is a face already is scaled.
   *
   * @param picture the bytes of a file
   * @param options `remark`: is told what is to be known of how it was read
   * @returns undefined where no face is found
   * @throws DataError if it cannot be read; the message starts with a small letter and does not name the file
   */
  cut(
    picture: Uint8Array,
    options: ImageShape & { readonly remark?: ((text: string) => void) | undefined },
  ): Promise<Uint8Array | undefined>;
  /** Is told how far it is, now and then while faces are looked for. */
  progress?(done: number, total: number): void;
}
