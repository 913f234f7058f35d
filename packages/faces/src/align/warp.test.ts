import { describe, expect, it } from "vitest";
import { placeIn, sideOf, squareAbout } from "./square.ts";
import { greyOf, warp } from "./warp.ts";

const size = 8;
const picture = {
  width: size,
  height: size,
  data: Uint8Array.from({ length: size * size * 3 }, (_, i) =>
    i % 3 === 0 ? 30 * (Math.floor(i / 3) % size) : 25 * Math.floor(i / 3 / size),
  ),
};

describe("warp", () => {
  it("gives the picture's own pixels for its own square", () => {
    expect(warp(picture, squareAbout({ x: 4, y: 4 }, 8), 8)).toEqual(picture.data);
  });

  it("turns clockwise with the square: what was at the right is above", () => {
    const turned = warp(picture, squareAbout({ x: 4, y: 4 }, 8, { x: 0, y: 1 }), 8);
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) expect(turned[3 * (y * size + x)]).toBe(picture.data[3 * (x * size + (size - 1 - y))]);
    }
  });

  it("is black outside of the picture", () => {
    expect(warp(picture, squareAbout({ x: 100, y: 100 }, 8), 4)).toEqual(new Uint8Array(48));
  });

  it("means over the pixels under each of its own, where it shrinks", () => {
    const fine = {
      width: 64,
      height: 64,
      data: Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (Math.floor(i / 3) % 2 === 0 ? 0 : 200)),
    };
    for (const value of warp(fine, squareAbout({ x: 32, y: 32 }, 64), 8)) expect(Math.abs(value - 100)).toBeLessThan(5);
  });

  it("has places that go round with the square, and a side", () => {
    const square = squareAbout({ x: 10, y: 20 }, 4, { x: 0.6, y: 0.8 });
    expect(sideOf(square)).toBeCloseTo(4, 12);
    const center = placeIn(square, 0.5, 0.5);
    expect(center.x).toBeCloseTo(10, 12);
    expect(center.y).toBeCloseTo(20, 12);
  });
});

describe("greyOf", () => {
  it("weighs colours as eyes do", () => {
    expect(greyOf(Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255))).toEqual(Uint8Array.of(76, 150, 29, 255));
  });
});
