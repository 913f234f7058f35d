import { DataError } from "@semblant/core";

/** Pixels of a bitmap, red, green, blue. */
export interface BitmapImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

const mostPixels = 100_000_000;

/**
 * The pixels of a Windows bitmap of 8 (palette), 24 or 32 bits without compression, as BU-3DFE's pictures are; the image
 * library reads no BMP. Undefined if the bytes do not begin as one.
 *
 * Microsoft, "BITMAPFILEHEADER" and "BITMAPINFOHEADER": rows from the bottom up unless the height is negative, each padded to four bytes,
 * blue before green before red.
 *
 * @throws DataError if it is a bitmap of another kind, or is cut short; the message starts with a small letter
 *
 * @example
 * decodeBmp(Uint8Array.of(1, 2, 3)); // undefined
 */
export function decodeBmp(bytes: Uint8Array): BitmapImage | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < 2 || file.toString("latin1", 0, 2) !== "BM") return undefined;
  if (file.length < 54) throw new DataError("the image is damaged or cut short.");
  const [start, headBytes] = [file.readUInt32LE(10), file.readUInt32LE(14)];
  const [width, signedHeight] = [file.readInt32LE(18), file.readInt32LE(22)];
  const [bits, compression] = [file.readUInt16LE(28), file.readUInt32LE(30)];
  const height = Math.abs(signedHeight);
  if (headBytes < 40 || compression !== 0 || ![8, 24, 32].includes(bits))
    throw new DataError(`expected a BMP of 8, 24 or 32 bits without compression, but got ${bits} bits with compression ${compression}.`);
  if (width < 1 || height < 1 || width * height > mostPixels)
    throw new DataError(`expected at most 100 megapixels, but got ${width} x ${height}.`);
  const stride = Math.ceil((bits * width) / 32) * 4;
  if (start + stride * height > file.length) throw new DataError("the image is damaged or cut short.");

  const palette = file.subarray(14 + headBytes, start);
  const pixels = new Uint8Array(width * height * 3);
  const bytesPerPixel = bits / 8;
  for (let y = 0; y < height; y++) {
    const row = start + stride * (signedHeight > 0 ? height - 1 - y : y);
    for (let x = 0; x < width; x++) {
      const at = row + x * bytesPerPixel;
      const from = bits === 8 ? (file[at] as number) * 4 : at;
      const of = bits === 8 ? palette : file;
      const to = (y * width + x) * 3;
      pixels[to] = of[from + 2] as number;
      pixels[to + 1] = of[from + 1] as number;
      pixels[to + 2] = of[from] as number;
    }
  }
  return { width, height, pixels };
}
