import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bmp } from "../datasets/fixtures/pictures.ts";
import { decodeBmp } from "./bmp.ts";

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
    const down = Buffer.from(file);
    down.writeInt32LE(-2, 22);
    expect([...(decodeBmp(down)?.pixels ?? [])]).toEqual([0, 10, 0, 10, 10, 0, 0, 0, 0, 10, 0, 0]);
    const indexed = Buffer.concat([file.subarray(0, 54), Buffer.from([0, 0, 0, 0, 3, 2, 1, 0]), Buffer.from([0, 1, 0, 0, 1, 1, 0, 0])]);
    indexed.writeUInt32LE(62, 10);
    indexed.writeUInt16LE(8, 28);
    expect([...(decodeBmp(indexed)?.pixels ?? [])]).toEqual([1, 2, 3, 1, 2, 3, 0, 0, 0, 1, 2, 3]);
  });

  it("is refused when cut short, of another kind, or of a size that cannot be", () => {
    const file = bmp(5, 5, () => [1, 2, 3]);
    expect(() => decodeBmp(file.subarray(0, 100))).toThrow("the image is damaged or cut short.");
    expect(() => decodeBmp(file.subarray(0, 20))).toThrow("the image is damaged or cut short.");
    const four = Buffer.from(file);
    four.writeUInt16LE(4, 28);
    expect(() => decodeBmp(four)).toThrow("expected a BMP of 8, 24 or 32 bits without compression, but got 4 bits with compression 0.");
    const huge = Buffer.from(file);
    huge.writeInt32LE(100_000, 18);
    huge.writeInt32LE(100_000, 22);
    expect(() => decodeBmp(huge)).toThrow("expected at most 100 megapixels, but got 100000 x 100000.");
  });
});
