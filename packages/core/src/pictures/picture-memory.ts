/** What the head of a picture says of its pixels, in the names that libvips and sharp give it. */
export interface PictureHead {
  readonly width: number;
  readonly height: number;
  readonly channels?: number | undefined;
  /** What a channel of a pixel is: `uchar` (1 byte, the default), `ushort` (2), `float` (4), `double` (8) and their like. */
  readonly depth?: string | undefined;
  readonly format?: string | undefined;
  /** Whether it comes in several passes over the whole picture. */
  readonly isProgressive?: boolean | undefined;
  /** How many places share a colour, such as `4:2:0`. */
  readonly chromaSubsampling?: string | undefined;
}

/** Bytes of pixels that a picture may have when it is unpacked: 120 million pixels of transparent colour fit, at 16 bits half as many. */
const mostPictureBytes = 512 * 2 ** 20;
const bytesOf: Readonly<Record<string, number>> = { uchar: 1, char: 1, ushort: 2, short: 2, uint: 4, int: 4, float: 4 };
const subsampled: Readonly<Record<string, number>> = { "4:2:0": 1.5, "4:1:1": 1.5, "4:2:2": 2 };

/**
 * Why a picture is too large to be unpacked, in a few words; undefined if it is not. What counts is the bytes of its pixels, should its
 * decoder have to hold the whole of it. A progressive JPEG is held as numbers of two bytes.
 *
 * @example
 * tooMuchToHold({ width: 12000, height: 10000, channels: 3, depth: "ushort" });
 * // "12000 × 10000 pixels of 6 bytes take 687 MiB, more than the 512 MiB that are allowed"
 */
export function tooMuchToHold(head: PictureHead): string | undefined {
  const { width, height, channels = 3, depth = "uchar", format, isProgressive = false, chromaSubsampling = "" } = head;
  const each = format === "jpeg" && isProgressive ? 2 * (subsampled[chromaSubsampling] ?? channels) : channels * (bytesOf[depth] ?? 8);
  const bytes = width * height * each;
  if (bytes <= mostPictureBytes) return undefined;
  const said = `${width} × ${height} pixels of ${each} bytes take ${Math.round(bytes / 2 ** 20)} MiB`;
  return `${said}, more than the ${mostPictureBytes / 2 ** 20} MiB that are allowed`;
}
