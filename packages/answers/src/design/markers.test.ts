import { describe, expect, it } from "vitest";
import { markerPath, shapes } from "./markers.ts";

const corners = (data: string) => [...data.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);

describe("a marker", () => {
  it.each(shapes.filter((shape) => shape !== "circle"))("%s covers about as much as a circle of its radius, around its place", (shape) => {
    const points = corners(markerPath(shape, 50, 50, 10));
    const area = points.reduce((sum, [x, y], i) => {
      const [u, v] = points[(i + 1) % points.length] as readonly [number, number];
      return sum + (x * v - u * y) / 2;
    }, 0);
    expect(Math.abs(area) / (Math.PI * 100)).toBeGreaterThan(0.45);
    expect(Math.abs(area) / (Math.PI * 100)).toBeLessThan(1.3);
    for (const [x, y] of points) expect(Math.hypot(x - 50, y - 50)).toBeLessThan(15);
  });

  it("is told apart from every other by its outline", () => {
    expect(new Set(shapes.map((shape) => markerPath(shape, 0, 0, 10))).size).toBe(shapes.length);
  });
});
