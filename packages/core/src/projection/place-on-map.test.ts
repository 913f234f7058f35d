import { beforeAll, describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { Random } from "../random.ts";
import { digits } from "./fixtures/oracle.ts";
import { placeOnMap } from "./place-on-map.ts";
import { type Projection, projectByTsne } from "./tsne.ts";
import { VantagePointTree } from "./vantage-point-tree.ts";

describe("placeOnMap", () => {
  const order = new Random(1).permutation(digits.rows);
  const X = digits.take(order.subarray(0, 240));
  const newX = digits.take(order.subarray(240));
  let map: Projection;
  beforeAll(() => {
    map = projectByTsne(X);
  });

  it("puts new digits among those of their kind as the map puts its own", () => {
    const right = (placed: Float64Array, labels: Int32Array, own: boolean) => {
      const tree = new VantagePointTree(map.positions, 2);
      const [rows, squares] = [new Int32Array(3), new Float64Array(3)];
      const same = Array.from(labels, (label, i) => {
        tree.search(placed, i, own ? i : -1, rows, squares, 0, 3);
        return rows.reduce((sum, row) => sum + (X.labels?.[row] === label ? 1 / 3 : 0), 0);
      });
      return same.reduce((sum, part) => sum + part, 0) / labels.length;
    };
    const own = right(map.positions, X.labels as Int32Array, true);
    const fresh = right(placeOnMap(map, X, newX), newX.labels as Int32Array, false);
    expect(own).toBeGreaterThan(0.85);
    expect(fresh).toBeGreaterThan(own - 0.06);
  });

  it("puts a row of the map near to where it is", () => {
    const placed = placeOnMap(map, X, X);
    const width = Math.max(...map.positions) - Math.min(...map.positions);
    const away = Array.from({ length: X.rows }, (_, i) =>
      Math.hypot(
        (placed[2 * i] as number) - (map.positions[2 * i] as number),
        (placed[2 * i + 1] as number) - (map.positions[2 * i + 1] as number),
      ),
    ).sort((a, b) => a - b);
    expect(away[Math.floor(0.9 * X.rows)]).toBeLessThan(0.05 * width);
  });

  it("puts many where it puts each alone, in any order, to the bit", () => {
    const together = placeOnMap(map, X, newX);
    const backwards = placeOnMap(map, X, newX.take(Array.from({ length: newX.rows }, (_, i) => newX.rows - 1 - i)));
    for (let i = 0; i < newX.rows; i++) {
      const alone = placeOnMap(map, X, newX.take([i]));
      expect(Array.from(together.subarray(2 * i, 2 * i + 2))).toEqual(Array.from(alone));
      expect(Array.from(backwards.subarray(2 * (newX.rows - 1 - i), 2 * (newX.rows - i)))).toEqual(Array.from(alone));
    }
  });

  it("leaves the map as it was", () => {
    const before = map.positions.slice();
    placeOnMap(map, X, newX);
    expect(map.positions).toEqual(before);
  });

  it("puts a row between two groups into the one to which more of its neighbours belong, not into the void", () => {
    const rows = new Embeddings(
      Float32Array.from({ length: 20 }, (_, i) => (i < 10 ? 0.1 * i : 3 + 0.1 * i)),
      1,
    );
    const positions = Float64Array.from({ length: 40 }, (_, j) => (j % 2 === 0 ? (j < 20 ? -20 : 20) + 0.1 * j : 0));
    const [x] = placeOnMap({ positions }, rows, new Embeddings(Float32Array.of(1.6), 1), { k: 15 });
    expect(x).toBeLessThan(-10);
  });

  it("starts at the neighbours and steps never to where the divergence is greater: no point flies off", () => {
    const far = new Embeddings(new Float32Array(64).fill(1000), 64); // unlike any digit
    const [x = Number.NaN, y = Number.NaN] = placeOnMap(map, X, far, { iterations: 1000 });
    expect(Math.hypot(x, y)).toBeLessThan(2 * Math.max(...map.positions.map(Math.abs)));
  });

  it("takes no rows, and a map whose points are one", () => {
    expect(placeOnMap(map, X, X.take([])).length).toBe(0);
    const one = placeOnMap({ positions: new Float64Array(480).fill(3) }, X, newX);
    for (const value of one) expect(value).toBeCloseTo(3, 9);
  });

  it("says what does not fit", () => {
    expect(() => placeOnMap(map, newX, newX)).toThrow("placeOnMap: expected map to hold 60 rows of 2 numbers, but got 480 numbers.");
    expect(() => placeOnMap(map, X, new Embeddings(new Float32Array(6), 3))).toThrow("placeOnMap: X has 64 columns but newX has 3.");
    expect(() => placeOnMap(map, X, newX, { k: 241 })).toThrow(
      "placeOnMap: expected k to be a whole number from 3 to the 240 rows of the map, but got 241.",
    );
    expect(() => placeOnMap(map, X, newX, { iterations: -1 })).toThrow(
      "placeOnMap: expected iterations to be a whole number from 0, but got -1.",
    );
    expect(() => placeOnMap(map, X, newX, { K: 5 } as object)).toThrow('placeOnMap: unknown option "K"; did you mean "k"?');
    const bad = newX.take([0, 1]);
    bad.values[70] = Infinity;
    expect(() => placeOnMap(map, X, bad)).toThrow("placeOnMap: expected finite values, but row 1 holds Infinity.");
  });
});
