import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBmp } from "./bmp.ts";

type Color = readonly [number, number, number];

interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly compression?: number;
  readonly between?: readonly number[];
  readonly rows?: readonly number[];
}

/** A bitmap's two heads, with what follows them: a palette, or masks, and the rows. */
function bitmap({ width, height, bits, compression = 0, between = [], rows = [] }: Bitmap): Uint8Array {
  const file = new Uint8Array(54 + between.length + rows.length);
  const view = new DataView(file.buffer);
  file.set([0x42, 0x4d]);
  view.setUint32(2, file.length, true);
  view.setUint32(10, 54 + between.length, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, bits, true);
  view.setUint32(30, compression, true);
  file.set([...between, ...rows], 54);
  return file;
}

/** One of 24 bits: rows from the bottom up, blue before green before red. */
function bmp(width: number, height: number, colorAt: (x: number, y: number) => Color): Uint8Array {
  const stride = Math.ceil((24 * width) / 32) * 4;
  const rows = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows.set([...colorAt(x, y)].reverse(), stride * (height - 1 - y) + 3 * x);
  }
  return bitmap({ width, height, bits: 24, rows: [...rows] });
}

const pixelsOf = (file: Uint8Array) => [...(decodeBmp(file)?.pixels ?? [])];

describe("a Windows bitmap", () => {
  it("comes out as red, green, blue from the top left, whatever its width", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 6 }), (width, height) => {
        const image = decodeBmp(bmp(width, height, (x, y) => [x, y, 200 + x + y]));
        const expected = Array.from({ length: width * height }, (_, i) => [
          i % width,
          Math.floor(i / width),
          200 + (i % width) + Math.floor(i / width),
        ]);
        expect([image?.width, image?.height, [...(image?.pixels ?? [])]]).toEqual([width, height, expected.flat()]);
      }),
    );
  });

  it("may be stored from the top down, or with a palette", () => {
    const file = bmp(2, 2, (x, y) => [10 * x, 10 * y, 0]);
    const down = file.slice();
    new DataView(down.buffer).setInt32(22, -2, true);
    expect(pixelsOf(down)).toEqual([0, 10, 0, 10, 10, 0, 0, 0, 0, 10, 0, 0]);
    const palette = [0, 0, 0, 0, 3, 2, 1, 0];
    const wanted = [1, 2, 3, 1, 2, 3, 0, 0, 0, 1, 2, 3];
    const size = { width: 2, height: 2, between: palette };
    expect(pixelsOf(bitmap({ ...size, bits: 8, rows: [0, 1, 0, 0, 1, 1, 0, 0] }))).toEqual(wanted);
    expect(pixelsOf(bitmap({ ...size, bits: 4, rows: [0x01, 0, 0, 0, 0x11, 0, 0, 0] }))).toEqual(wanted);
    expect(pixelsOf(bitmap({ ...size, bits: 1, rows: [0x40, 0, 0, 0, 0xc0, 0, 0, 0] }))).toEqual(wanted);
  });

  it("may have 16 or 32 bits, with masks that say where the colours lie", () => {
    const plain = bitmap({ width: 2, height: 1, bits: 16, rows: [0x00, 0x7c, 0xff, 0x03] });
    expect(pixelsOf(plain)).toEqual([255, 0, 0, 0, 255, 255]);
    const masks565 = [0x00, 0xf8, 0, 0, 0xe0, 0x07, 0, 0, 0x1f, 0, 0, 0];
    expect(pixelsOf(bitmap({ width: 2, height: 1, bits: 16, compression: 3, between: masks565, rows: [0, 0xf8, 0xff, 0x07] }))).toEqual([
      255, 0, 0, 0, 255, 255,
    ]);
    const rgba = [0xff, 0, 0, 0, 0, 0xff, 0, 0, 0, 0, 0xff, 0];
    expect(pixelsOf(bitmap({ width: 1, height: 1, bits: 32, compression: 3, between: rgba, rows: [7, 8, 9, 255] }))).toEqual([7, 8, 9]);
    expect(pixelsOf(bitmap({ width: 1, height: 1, bits: 32, rows: [7, 8, 9, 255] }))).toEqual([9, 8, 7]);
  });

  it("may be of OS/2, with a shorter head", () => {
    const file = Uint8Array.of(
      0x42,
      0x4d,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      26,
      0,
      0,
      0,
      12,
      0,
      0,
      0,
      1,
      0,
      2,
      0,
      1,
      0,
      24,
      0,
      3,
      2,
      1,
      0,
      6,
      5,
      4,
      0,
    );
    expect(decodeBmp(file)).toEqual({ width: 1, height: 2, pixels: Uint8Array.of(4, 5, 6, 1, 2, 3) });
  });

  it("is refused when cut short, of another kind, or of a size that cannot be", () => {
    const file = bmp(5, 5, () => [1, 2, 3]);
    expect(() => decodeBmp(file.subarray(0, 100))).toThrow("the image is damaged or cut short.");
    expect(() => decodeBmp(file.subarray(0, 20))).toThrow("the image is damaged or cut short.");
    const packed = bitmap({ width: 2, height: 2, bits: 4, compression: 2 });
    expect(() => decodeBmp(packed)).toThrow("expected a BMP of 1 to 32 bits without compression, but got 4 bits with compression 2.");
    const huge = bitmap({ width: 100_000, height: 100_000, bits: 24 });
    expect(() => decodeBmp(huge)).toThrow("expected at most 100 megapixels, but got 100000 x 100000.");
    expect(() => decodeBmp(file, 24)).toThrow("expected at most 0.000024 megapixels, but got 5 x 5.");
  });
});
