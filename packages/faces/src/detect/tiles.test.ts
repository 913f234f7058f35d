import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tilesOf } from "./tiles.ts";

const tile = { width: 320, height: 240 };

describe("tiles", () => {
  it("cover every pixel of the level, stay within it, and know which of their edges the picture goes on beyond", () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 5000 }), fc.integer({ min: 8, max: 5000 }), (width, height) => {
        const [whole, ...tiles] = tilesOf({ width, height }, { tile, longest: 1280 });
        expect(whole?.cut).toEqual({ left: false, top: false, right: false, bottom: false });
        expect(Math.round(width * (whole?.scale as number))).toBeLessThanOrEqual(tile.width);
        expect(Math.round(height * (whole?.scale as number))).toBeLessThanOrEqual(tile.height);
        if (tiles.length === 0) return;
        const level = { width: Math.round(width * (tiles[0]?.scale as number)), height: Math.round(height * (tiles[0]?.scale as number)) };
        for (const [along, length] of [
          ["x", level.width],
          ["y", level.height],
        ] as const) {
          const side = along === "x" ? tile.width : tile.height;
          const starts = [...new Set(tiles.map((one) => one[along]))].sort((a, b) => a - b);
          expect(starts[0]).toBe(0);
          expect((starts.at(-1) as number) + side).toBeGreaterThanOrEqual(length);
          for (let i = 1; i < starts.length; i++)
            expect((starts[i] as number) - (starts[i - 1] as number)).toBeLessThanOrEqual(0.75 * side + 1);
        }
        for (const { x, cut } of tiles) {
          expect(cut.left).toBe(x > 0);
          expect(cut.right).toBe(x + tile.width < level.width);
        }
      }),
    );
  });

  it("never enlarge a small picture", () => {
    expect(tilesOf({ width: 100, height: 80 }, { tile, longest: 1280 })).toEqual([
      { scale: 1, x: 0, y: 0, cut: { left: false, top: false, right: false, bottom: false } },
    ]);
  });
});
