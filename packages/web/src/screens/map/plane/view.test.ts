import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundsOf, fit, pan, reveal, toMap, toScreen, zoom } from "./view.ts";

const size = { width: 400, height: 300 };
const coordinate = fc.double({ min: -500, max: 500, noNaN: true });

describe("the view of a map", () => {
  it("shows all of it, y upward, and a unit square where there is nothing", () => {
    const bounds = boundsOf(Float32Array.of(-10, 0, 30, 20, 0, 5));
    expect(bounds).toEqual({ left: -10, right: 30, bottom: 0, top: 20 });
    const view = fit(bounds, size);
    for (const [x, y] of [
      [-10, 0],
      [30, 20],
    ] as const) {
      const at = toScreen(view, size, x, y);
      expect(at.x).toBeGreaterThanOrEqual(0.05 * size.width);
      expect(at.x).toBeLessThanOrEqual(0.95 * size.width);
      expect(at.y).toBeGreaterThan(0);
      expect(at.y).toBeLessThan(size.height);
    }
    expect(toScreen(view, size, 10, 20).y).toBeLessThan(toScreen(view, size, 10, 0).y);
    expect(boundsOf(new Float32Array())).toEqual({ left: 0, right: 1, bottom: 0, top: 1 });
    expect(fit({ left: 3, right: 3, bottom: 4, top: 4 }, size)).toMatchObject({ x: 3, y: 4 });
  });

  it("keeps what lies under the pointer there when one goes nearer, and moves it with the pointer", () => {
    const whole = fit({ left: 0, right: 100, bottom: 0, top: 100 }, size);
    fc.assert(
      fc.property(coordinate, coordinate, fc.double({ min: 0.7, max: 20, noNaN: true }), (x, y, factor) => {
        const at = { x, y };
        const before = toMap(whole, size, x, y);
        const there = toScreen(zoom(whole, size, factor, { at, whole }), size, before.x, before.y);
        expect(there.x).toBeCloseTo(x, 6);
        expect(there.y).toBeCloseTo(y, 6);
        const moved = toScreen(pan(whole, 7, -9), size, before.x, before.y);
        expect(moved.x).toBeCloseTo(x + 7, 6);
        expect(moved.y).toBeCloseTo(y - 9, 6);
      }),
    );
  });

  it("never goes farther than half the whole, nor nearer than 400 times", () => {
    const whole = fit({ left: 0, right: 100, bottom: 0, top: 100 }, size);
    const at = { x: 0, y: 0 };
    expect(zoom(whole, size, 1e-9, { at, whole }).scale).toBe(whole.scale / 2);
    expect(zoom(whole, size, 1e9, { at, whole }).scale).toBe(whole.scale * 400);
  });

  it("moves as little as shows a point", () => {
    const view = { x: 0, y: 0, scale: 1 };
    expect(reveal(view, size, { x: 10, y: 10 }, 48)).toEqual(view);
    const moved = reveal(view, size, { x: 300, y: 0 }, 48);
    expect(toScreen(moved, size, 300, 0)).toEqual({ x: 352, y: 150 });
  });
});
