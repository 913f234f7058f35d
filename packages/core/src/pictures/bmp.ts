import { DataError } from "../errors.ts";

/** Pixels of a bitmap, red, green, blue. */
export interface BitmapImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Where a colour lies in a pixel of 16 or 32 bits, and the greatest number it may have. */
interface Mask {
  readonly shift: number;
  readonly most: number;
}

/**
 * The pixels of a Windows bitmap without compression, of 1, 4 or 8 bits (palette), 16, 24 or 32; sharp reads no BMP. What a fourth
 * channel says of transparency is passed over, as viewers do. Undefined if the bytes do not begin as one.
 *
 * Microsoft, "BITMAPFILEHEADER", "BITMAPINFOHEADER" and "BITMAPV5HEADER"; of OS/2, "BITMAPCOREHEADER": rows from the bottom up unless the
 * height is negative, each padded to four bytes, blue before green before red.
 *
 * @param mostPixels bitmaps of more are refused (100 million)
 * @throws DataError if it is a bitmap of another kind, or is cut short; the message starts with a small letter
 *
 * @example
 * decodeBmp(Uint8Array.of(1, 2, 3)); // undefined
 */
export function decodeBmp(bytes: Uint8Array, mostPixels = 100_000_000): BitmapImage | undefined {
  if (bytes[0] !== 0x42 || bytes[1] !== 0x4d) return undefined;
  if (bytes.length < 26) throw damaged();
  const file = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [start, headBytes] = [file.getUint32(10, true), file.getUint32(14, true)];
  const old = headBytes === 12;
  if (!old && bytes.length < 54) throw damaged();
  const width = old ? file.getUint16(18, true) : file.getInt32(18, true);
  const signedHeight = old ? file.getUint16(20, true) : file.getInt32(22, true);
  const bits = file.getUint16(old ? 24 : 28, true);
  const compression = old ? 0 : file.getUint32(30, true);
  const masked = (compression === 3 || compression === 6) && (bits === 16 || bits === 32);
  if (!(old || headBytes >= 40) || !(compression === 0 || masked) || ![1, 4, 8, 16, 24, 32].includes(bits)) {
    throw new DataError(`expected a BMP of 1 to 32 bits without compression, but got ${bits} bits with compression ${compression}.`);
  }
  const height = Math.abs(signedHeight);
  if (width < 1 || height < 1 || width * height > mostPixels) {
    throw new DataError(`expected at most ${mostPixels / 1e6} megapixels, but got ${width} x ${height}.`);
  }
  const stride = Math.ceil((bits * width) / 32) * 4;
  if (start + stride * height > bytes.length) throw damaged();

  const colors = bits <= 8 ? bytes.subarray(14 + headBytes, start) : bytes;
  const each = old ? 3 : 4;
  const masks = bits === 16 || masked ? masksOf(file, bits, masked) : undefined;
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    const row = start + stride * (signedHeight > 0 ? height - 1 - y : y);
    for (let x = 0; x < width; x++, to += 3) {
      if (masks !== undefined) {
        const value = bits === 16 ? file.getUint16(row + 2 * x, true) : file.getUint32(row + 4 * x, true);
        for (let c = 0; c < 3; c++) pixels[to + c] = scaled(value, masks[c] as Mask);
        continue;
      }
      const from = bits <= 8 ? each * indexAt(bytes, row, x, bits) : row + (x * bits) / 8;
      pixels[to] = colors[from + 2] as number;
      pixels[to + 1] = colors[from + 1] as number;
      pixels[to + 2] = colors[from] as number;
    }
  }
  return { width, height, pixels };
}

function indexAt(bytes: Uint8Array, row: number, x: number, bits: number): number {
  const perByte = 8 / bits;
  const byte = bytes[row + Math.floor(x / perByte)] as number;
  return (byte >> (8 - bits - bits * (x % perByte))) & (2 ** bits - 1);
}

/** Red, green and blue, which follow the first 40 bytes of the head; five bits each where 16 have no masks. */
function masksOf(file: DataView, bits: number, masked: boolean): Mask[] {
  if (!masked) return [10, 5, 0].map((shift) => ({ shift, most: 31 }));
  if (file.byteLength < 66) throw damaged();
  return [54, 58, 62].map((at) => {
    const mask = file.getUint32(at, true);
    if (mask === 0 || (bits === 16 && mask > 0xffff)) throw damaged();
    const shift = 31 - Math.clz32(mask & -mask);
    return { shift, most: mask >>> shift };
  });
}

function scaled(value: number, { shift, most }: Mask): number {
  return Math.round((255 * ((value >>> shift) & most)) / most);
}

const damaged = () => new DataError("the image is damaged or cut short.");
