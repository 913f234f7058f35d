import { basename } from "node:path";
import { OptionError } from "@semblant/core";
import { type DecodeOptions, decodeImage, readBytes, sizeOf } from "./decode-image.ts";
import type { FaceFinder } from "./face-finder.ts";
import type { ImageShape } from "./memory-images.ts";

/** Up to this side a square picture is a face that was cut out already, as sets of faces have them: photo commands take it for one, too. */
const cutSide = 64;

/** A picture's face, or all of it where none is found. */
export interface CutFace {
  readonly pixels: Uint8Array;
  /** Whether a face was looked for: not in what is one already. */
  readonly looked: boolean;
  /** Whether no face was found, so that it is all of the picture. */
  readonly faceless: boolean;
}

/**
 * The face of a picture in a file, as a finder cuts it out. Pictures that are faces already need no finder.
 *
 * @throws DataError if the file cannot be read; the message starts with a small letter and does not name it
 * @throws OptionError if a face has to be found and there is no finder
 */
export async function cutFace(
  path: string,
  options: ImageShape & Pick<DecodeOptions, "remark">,
  finder: FaceFinder | undefined,
): Promise<CutFace> {
  const { remark, ...shape } = options;
  const bytes = await readBytes(path);
  const { width, height } = await sizeOf(bytes);
  const looked = width !== height || width > cutSide;
  if (finder === undefined) {
    if (looked) throw unfound(path, width, height);
    return { pixels: await decodeImage(path, options), looked, faceless: false };
  }
  const face = await finder.cut(bytes, { ...shape, remark });
  return face === undefined
    ? { pixels: await decodeImage(path, options), looked, faceless: true }
    : { pixels: face, looked, faceless: false };
}

function unfound(path: string, width: number, height: number): OptionError {
  return new OptionError(
    `data: expected a finder of faces for ${basename(path)}, a picture of ${width} x ${height}, but got none.\n` +
      "  Hand one in (openFaceFinder of semblant), or take pictures as they are with the crop whole.",
  );
}
