import { describe, expect, it } from "vitest";
import { MemoryImages } from "./memory-images.ts";
import { pixelChecksums } from "./pixel-checksums.ts";
import { selectImages } from "./select.ts";

const grey = { width: 2, height: 1, channels: 1 };

describe("images in memory", () => {
  it("are gathered in the order asked for, twice if asked twice", () => {
    const images = new MemoryImages(Uint8Array.of(1, 2, 3, 4, 5, 6), grey);
    const into = new Uint8Array(6);
    images.gather([2, 0, 2], into);
    expect([...into]).toEqual([5, 6, 1, 2, 5, 6]);
  });

  it("count what they hold", () => {
    expect(new MemoryImages(new Uint8Array(24), { width: 2, height: 2, channels: 3 }).count).toBe(2);
    expect(new MemoryImages(new Uint8Array(0), grey).count).toBe(0);
  });

  it("refuse bytes that do not divide into images", () => {
    expect(() => new MemoryImages(new Uint8Array(5), grey)).toThrow("MemoryImages: 5 bytes do not divide into images of 2 x 1 x 1.");
  });

  it("refuse a row that is not there, and an array that is too small", () => {
    const images = new MemoryImages(new Uint8Array(6), grey);
    expect(() => images.gather([3], new Uint8Array(2))).toThrow("MemoryImages: expected rows from 0 to 2, but got 3.");
    expect(() => images.gather([0, 1], new Uint8Array(3))).toThrow("MemoryImages: 2 images need 4 bytes, but the array given has 3.");
  });
});

describe("selected images", () => {
  it("are the rows of another store, without a copy", () => {
    const pixels = Uint8Array.of(1, 2, 3, 4, 5, 6);
    const selected = selectImages(selectImages(new MemoryImages(pixels, grey), [2, 1, 0]), [0, 2]);
    pixels[4] = 50;
    const into = new Uint8Array(4);
    selected.gather([1, 0], into);
    expect([...into]).toEqual([1, 2, 50, 6]);
  });

  it("refuse a row past their own end", () => {
    const selected = selectImages(new MemoryImages(new Uint8Array(6), grey), [0]);
    expect(() => selected.gather([1], new Uint8Array(2))).toThrow("selectImages: expected rows from 0 to 0, but got 1.");
  });
});

describe("pixel checksums", () => {
  it("are SHA-1 of the bytes, equal for equal images, beyond one batch too", () => {
    const sums = pixelChecksums(
      new MemoryImages(
        new Uint8Array(600).map((_, i) => i % 4),
        grey,
      ),
    );
    expect(sums.length).toBe(300);
    expect(new Set(sums).size).toBe(2);
    expect(sums[0]).toBe("3f29546453678b855931c174a97d6c0894b8f546");
  });
});
