import { Random } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { ellipsesOf } from "./ellipse.ts";
import { lineAround, rowsWithin } from "./lasso.ts";
import { nextRow } from "./next-row.ts";
import { PointIndex } from "./point-index.ts";
import { boundsOf } from "./view.ts";

const random = new Random(4);
const rows = 2000;
const positions = Float32Array.from({ length: 2 * rows }, () => random.normal(0, 30));
const index = new PointIndex(positions, boundsOf(positions));
const all = () => true;
const even = (row: number) => row % 2 === 0;
const at = (row: number) => [positions[2 * row] as number, positions[2 * row + 1] as number] as const;

describe("PointIndex", () => {
  it("finds the row that looking at all of them finds", () => {
    for (let i = 0; i < 300; i++) {
      const [x, y] = [random.normal(0, 40), random.normal(0, 40)];
      const shown = i % 2 === 0 ? all : even;
      const square = (row: number) => (at(row)[0] - x) ** 2 + (at(row)[1] - y) ** 2;
      let best = -1;
      for (let row = 0; row < rows; row++) if (shown(row) && square(row) <= 25 && (best < 0 || square(row) < square(best))) best = row;
      expect(index.nearest(x, y, 5, shown)).toBe(best);
    }
  });

  it("holds one point, points on one spot, and none", () => {
    expect(new PointIndex(Float32Array.of(3, 4), boundsOf(Float32Array.of(3, 4))).nearest(3, 4, 1, all)).toBe(0);
    const same = new Float32Array(40).fill(2);
    const found: number[] = [];
    new PointIndex(same, boundsOf(same)).eachIn({ left: 1, right: 3, bottom: 1, top: 3 }, (row) => found.push(row) > 99);
    expect(found).toHaveLength(20);
    expect(new PointIndex(new Float32Array(), boundsOf(new Float32Array())).nearest(0, 0, 9, all)).toBe(-1);
  });
});

describe("rowsWithin", () => {
  it("takes what a rectangle holds, of the shown ones, in order", () => {
    const bounds = { left: -20, right: 15, bottom: -5, top: 25 };
    const expected = Array.from({ length: rows }, (_, row) => row).filter((row) => {
      const [x, y] = at(row);
      return even(row) && x > bounds.left && x < bounds.right && y > bounds.bottom && y < bounds.top;
    });
    expect(expected.length).toBeGreaterThan(50);
    expect(rowsWithin(lineAround(bounds), { positions, index }, even)).toEqual(expected);
  });

  it("leaves out what a hollow line goes around, and thins a long line without losing its form", () => {
    const corners = Float32Array.from({ length: 2 * 3000 }, (_, j) => {
      const angle = (2 * Math.PI * (j >> 1)) / 3000;
      return 20 * (j % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
    });
    const found = rowsWithin(corners, { positions, index }, all);
    const far = found.map((row) => Math.hypot(...at(row)));
    expect(Math.max(...far)).toBeLessThanOrEqual(20);
    const inside = Array.from({ length: rows }, (_, row) => row).filter((row) => Math.hypot(...at(row)) < 19.9);
    expect(inside.every((row) => found.includes(row))).toBe(true);
  });
});

describe("nextRow", () => {
  const cross = Float32Array.of(0, 0, 5, 1, 9, 0, -4, 0, 0, 7, 0, -3, 6, 6);
  it("goes to the nearest in that direction", () => {
    expect(nextRow(cross, 0, "right", all)).toBe(1);
    expect(nextRow(cross, 0, "left", all)).toBe(3);
    expect(nextRow(cross, 0, "up", all)).toBe(4);
    expect(nextRow(cross, 0, "down", all)).toBe(5);
  });
  it("passes over what is not shown, and says where nothing is", () => {
    expect(nextRow(cross, 0, "right", (row) => row !== 1)).toBe(2);
    expect(nextRow(cross, 2, "right", all)).toBe(-1);
  });
});

describe("ellipsesOf", () => {
  it("has the mean and the axes of the Gaussian that points were drawn from, and holds two thirds of them", () => {
    const n = 20_000;
    const turn = 0.6;
    const points = new Float32Array(2 * n);
    for (let row = 0; row < n; row++) {
      const [u, v] = [random.normal(0, 6), random.normal(0, 2)];
      points.set([10 + u * Math.cos(turn) - v * Math.sin(turn), -3 + u * Math.sin(turn) + v * Math.cos(turn)], 2 * row);
    }
    const [none, found] = ellipsesOf(points, new Uint8Array(n).fill(1), 2);
    expect(none).toBeUndefined();
    const { x, y, long, short, angle, rows: counted } = found ?? expect.fail();
    expect(counted).toBe(n);
    expect([x, y]).toEqual([expect.closeTo(10, 0), expect.closeTo(-3, 0)]);
    expect(long / short).toBeCloseTo(3, 1);
    expect(angle).toBeCloseTo(turn, 1);
    let held = 0;
    for (let row = 0; row < n; row++) {
      const [dx, dy] = [(points[2 * row] as number) - x, (points[2 * row + 1] as number) - y];
      const along = (dx * Math.cos(angle) + dy * Math.sin(angle)) / long;
      const aside = (dy * Math.cos(angle) - dx * Math.sin(angle)) / short;
      if (along ** 2 + aside ** 2 <= 1) held += 1;
    }
    expect(held / n).toBeCloseTo(2 / 3, 1);
  });

  it("is none for two points, or for points on one spot", () => {
    expect(ellipsesOf(Float32Array.of(0, 0, 1, 1, 2, 2, 2, 2, 2, 2), Uint8Array.of(0, 0, 1, 1, 1), 2)).toEqual([undefined, undefined]);
  });
});
