import { describe, expect, it } from "vitest";
import { alongOf, boxTurnedBack, type Quarter, quarterOf, turnedBack, turnPicture } from "./turn-picture.ts";

/** 3 × 2 pixels whose red is their number. */
const picture = { width: 3, height: 2, data: Uint8Array.from({ length: 18 }, (_, i) => (i % 3 === 0 ? i / 3 : 0)) };
const reds = ({ data }: { readonly data: ArrayLike<number> }) => Array.from({ length: data.length / 3 }, (_, i) => data[3 * i]);

describe("a picture turned by quarters", () => {
  it("has the same pixels in other places, clockwise", () => {
    expect(turnPicture(picture, 0)).toBe(picture);
    expect([turnPicture(picture, 1).width, reds(turnPicture(picture, 1))]).toEqual([2, [3, 0, 4, 1, 5, 2]]);
    expect([turnPicture(picture, 2).width, reds(turnPicture(picture, 2))]).toEqual([3, [5, 4, 3, 2, 1, 0]]);
    expect([turnPicture(picture, 3).width, reds(turnPicture(picture, 3))]).toEqual([2, [2, 5, 1, 4, 0, 3]]);
  });

  it.each([0, 1, 2, 3] as const)("tells where its places and boxes are in the picture as it came: %i", (quarter) => {
    const turned = turnPicture(picture, quarter);
    for (let y = 0; y < turned.height; y++) {
      for (let x = 0; x < turned.width; x++) {
        const box = boxTurnedBack({ x, y, width: 1, height: 1 }, picture, quarter);
        expect(reds(picture)[box.y * 3 + box.x]).toBe(reds(turned)[y * turned.width + x]);
        const middle = turnedBack({ x: x + 0.5, y: y + 0.5 }, picture, quarter);
        expect(middle).toEqual({ x: box.x + 0.5, y: box.y + 0.5 });
      }
    }
  });

  it("is told by the direction in which its eyes lie", () => {
    for (const quarter of [0, 1, 2, 3] as readonly Quarter[]) expect(quarterOf(alongOf(quarter))).toBe(quarter);
    expect(quarterOf({ x: 0.8, y: 0.6 })).toBe(0);
    expect(quarterOf({ x: -0.6, y: -0.8 })).toBe(1);
  });
});
