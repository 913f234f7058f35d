import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tilesOf } from "./tiles.ts";

const tiling = { coarse: 320, fine: 2560, most: 1280 };

describe("tiles", () => {
  it("cover every pixel of each level, stay within it, and know which of their edges the picture goes on beyond", () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 5000 }), fc.integer({ min: 8, max: 5000 }), (width, height) => {
        const [whole, ...others] = tilesOf({ width, height }, tiling);
        const finest = others.at(-1)?.scale ?? 1;
        const tiles = others.filter(({ scale }) => scale === finest);
        expect(whole?.cut).toEqual({ left: false, top: false, right: false, bottom: false });
        expect(Math.max(whole?.width as number, whole?.height as number)).toBeLessThanOrEqual(320);
        for (const [along, extent, length] of [
          ["x", "width", Math.round(width * (tiles[0]?.scale ?? 1))],
          ["y", "height", Math.round(height * (tiles[0]?.scale ?? 1))],
        ] as const) {
          const [before, after] = along === "x" ? (["left", "right"] as const) : (["top", "bottom"] as const);
          let reached = 0;
          for (const tile of [...tiles].sort((a, b) => a[along] - b[along])) {
            expect(tile[extent]).toBeLessThanOrEqual(1280);
            if (tile[along] > 0) expect(reached - tile[along]).toBeGreaterThan(0.14 * tile[extent]);
            expect(tile[along] + tile[extent]).toBeLessThanOrEqual(length);
            expect(tile.cut[before]).toBe(tile[along] > 0);
            expect(tile.cut[after]).toBe(tile[along] + tile[extent] < length);
            reached = Math.max(reached, tile[along] + tile[extent]);
          }
          if (tiles.length > 0) expect(reached).toBe(length);
        }
      }),
    );
  });

  it("never enlarge a small picture", () => {
    expect(tilesOf({ width: 100, height: 80 }, tiling)).toEqual([
      { scale: 1, x: 0, y: 0, width: 100, height: 80, cut: { left: false, top: false, right: false, bottom: false } },
    ]);
  });

  it("are two for a photo, small and large, and more only for what is larger than one may be", () => {
    expect(tilesOf({ width: 2560, height: 1920 }, { ...tiling, fine: 1280 }).map(({ scale }) => scale)).toEqual([0.125, 0.5]);
    expect(tilesOf({ width: 2560, height: 1920 }, tiling)).toHaveLength(1 + 1 + 3 * 2);
  });

  it("leave no gap between levels: none has more than 4.5 times the pixels along a side of the one before", () => {
    const scales = new Set(tilesOf({ width: 12_000, height: 1500 }, { coarse: 320, fine: 12_000, most: 1280 }).map(({ scale }) => scale));
    const levels = [...scales];
    expect(levels[0]).toBeCloseTo(320 / 12_000);
    expect(levels.at(-1)).toBe(1);
    for (const [i, scale] of levels.slice(1).entries()) expect(scale / (levels[i] as number)).toBeLessThanOrEqual(4.5);
  });

  it("are no longer than covering takes, so that two tiles of a little more than one are two halves", () => {
    const widths = tilesOf({ width: 1400, height: 300 }, { coarse: 320, fine: 1400, most: 1280 })
      .slice(1)
      .map(({ width }) => width);
    expect(widths).toEqual([757, 757]);
  });
});
