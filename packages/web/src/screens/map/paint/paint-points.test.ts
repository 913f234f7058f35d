import { describe, expect, it } from "vitest";
import { type Pixels, paintPoints, type Stand } from "./paint-points.ts";
import { PHASES, type SpriteMaker } from "./sprites.ts";

/** One pixel whole and, to its right, half of one, wherever the point is between pixels. */
const sprites: SpriteMaker = () =>
  Array.from({ length: PHASES * PHASES }, () => ({ side: 4, coverage: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 128, 0, 0, 0, 0) }));

const stand: Stand = { x: 0, y: 0, scale: 1, radius: 1, ground: 0xffffff, opacity: 1 };
const styles = [
  { color: 0x102030, shape: "circle" },
  { color: 0xff0000, shape: "square" },
] as const;

function canvas(width = 20, height = 10): Pixels {
  return { values: new Uint32Array(width * height), width, height };
}
/** A pixel as 0xRRGGBB. */
function colorAt({ values, width }: Pixels, x: number, y: number): number {
  const value = values[y * width + x] as number;
  return ((value & 0xff) << 16) | (value & 0xff00) | ((value >>> 16) & 0xff);
}

describe("paintPoints", () => {
  it("lays points over the ground where the view has them, y upward, edges mixed in part", () => {
    const pixels = canvas();
    const points = { positions: Float32Array.of(0, 0, 5, 3), groups: Uint8Array.of(0, 1), styles };
    expect(paintPoints(pixels, points, stand, sprites)).toBe(2);
    expect(colorAt(pixels, 0, 0)).toBe(0xffffff);
    expect(colorAt(pixels, 10, 5)).toBe(0x102030);
    expect(colorAt(pixels, 15, 2)).toBe(0xff0000);
    const edge = colorAt(pixels, 11, 5);
    for (const [channel, from] of [
      [edge >> 16, 0x10],
      [(edge >> 8) & 255, 0x20],
      [edge & 255, 0x30],
    ] as const) {
      expect(Math.abs(channel - (from + 255) / 2)).toBeLessThan(3);
    }
    expect(pixels.values.every((value) => value >>> 24 === 255)).toBe(true);
  });

  it("leaves out what is in no line, and what would reach over the edge", () => {
    const pixels = canvas();
    const positions = Float32Array.of(0, 0, -10, 0, 9.9, 0, 0, 5, 0, -4.9, 1e9, 0);
    expect(paintPoints(pixels, { positions, groups: Uint8Array.of(255, 0, 0, 0, 0, 0), styles }, stand, sprites)).toBe(0);
    expect(pixels.values.every((value) => value === 0xffffffff)).toBe(true);
  });

  it("draws those chosen last, and the others faintly", () => {
    const pixels = canvas();
    const points = { positions: Float32Array.of(0, 0, 0, 0, 5, 0), groups: Uint8Array.of(1, 0, 0), styles };
    expect(paintPoints(pixels, { ...points, chosen: Uint8Array.of(1, 0, 0) }, stand, sprites)).toBe(3);
    expect(colorAt(pixels, 10, 5)).toBe(0xff0000);
    const faint = colorAt(pixels, 15, 5) & 255;
    expect(faint).toBeGreaterThan(200);
    expect(faint).toBeLessThan(255);
  });
});
