import { describe, expect, it } from "vitest";
import { Random } from "../random.ts";
import { PlainCodes } from "./code-memory.ts";
import { QuantizedRows, widthOf } from "./quantized-rows.ts";
import { codeMemory } from "./wasm-codes.ts";

const random = new Random(11);

function someRows(n: number, dimensions: number, size = 1): Float32Array {
  const centres = Float32Array.from({ length: 8 * dimensions }, () => random.normal());
  return Float32Array.from({ length: n * dimensions }, (_, i) => {
    const row = Math.floor(i / dimensions);
    return size * ((centres[(row % 8) * dimensions + (i % dimensions)] as number) + 0.2 * random.normal());
  });
}

const ids = (n: number) => Array.from({ length: n }, (_, i) => 10 + i);

function distancesFrom(query: Float32Array, X: Float32Array): number[] {
  const d = query.length;
  return Array.from({ length: X.length / d }, (_, row) =>
    Math.sqrt(query.reduce((sum, value, j) => sum + (value - (X[row * d + j] as number)) ** 2, 0)),
  );
}

function nearest(distances: readonly number[], k: number): number[] {
  return [...distances.keys()].sort((a, b) => (distances[a] as number) - (distances[b] as number) || a - b).slice(0, k);
}

describe.each([
  ["by the kernel", codeMemory],
  ["plainly", (width: number) => new PlainCodes(width)],
])("QuantizedRows, %s", (_, memory) => {
  const rowsOf = (X: Float32Array, d: number) => {
    const rows = new QuantizedRows(d, memory(widthOf(d)));
    rows.add(ids(X.length / d), X);
    return rows;
  };

  it.each([
    [64, 1],
    [3, 1],
    [130, 1e-30],
    [17, 1e30],
    [520, 100],
  ])("hold each of the nearest among their candidates, and its distance within its bounds: %i numbers of size %d", (d, size) => {
    const X = someRows(2000, d, size);
    const rows = rowsOf(X, d);
    for (const row of [0, 77, 1999]) {
      const query = X.slice(row * d, (row + 1) * d).map((value) => value + 0.01 * size * random.normal());
      const distances = distancesFrom(query, X);
      const found = rows.candidates(query, 11);
      const places = new Set(found.map((one) => one.row));
      expect(nearest(distances, 11).filter((one) => !places.has(one))).toEqual([]);
      expect(found.length).toBeLessThan(500);
      for (const { row: place, least, most } of found) {
        expect(distances[place]).toBeGreaterThanOrEqual(least);
        expect(distances[place]).toBeLessThanOrEqual(most);
      }
    }
  });

  it("keep rows that are equal, or all zeros, apart from none", () => {
    const X = new Float32Array(40 * 5);
    X.fill(3, 100);
    const rows = rowsOf(X, 5);
    expect(rows.candidates(new Float32Array(5), 3).map(({ row }) => row)).toEqual(Array.from({ length: 20 }, (_, row) => row));
    expect(rows.candidates(new Float32Array(5).fill(3), 25)).toHaveLength(40);
  });

  it("find fewer where there are fewer, and among listed rows only", () => {
    const X = someRows(6000, 8);
    const rows = rowsOf(X, 8);
    expect(new QuantizedRows(8, memory(16)).candidates(X.slice(0, 8), 3)).toEqual([]);
    const only = Uint32Array.from({ length: 5000 }, (_, i) => i + 1000);
    const query = X.slice(0, 8);
    const distances = distancesFrom(query, X);
    const wanted = nearest(distances.slice(1000), 7).map((row) => row + 1000);
    const found = rows.candidates(query, 7, only).map(({ row }) => row);
    expect(wanted.filter((row) => !found.includes(row))).toEqual([]);
    expect(found.every((row) => row >= 1000)).toBe(true);
    expect(
      rows
        .candidates(query, 7, Uint32Array.of(3, 5))
        .map(({ row }) => row)
        .sort(),
    ).toEqual([3, 5]);
  });

  it("pass over rows with numbers that are not finite", () => {
    const rows = new QuantizedRows(2, memory(16));
    rows.add([1, 2, 3, 4], Float32Array.of(1, 2, Number.NaN, 0, 0, Number.POSITIVE_INFINITY, 3, 4));
    expect([...rows.ids]).toEqual([1, 4]);
    expect(rows.candidates(Float32Array.of(3, 4), 1)[0]?.row).toBe(1);
  });

  it("let rows go, and are the same from what a file kept", () => {
    const X = someRows(3000, 20);
    const rows = rowsOf(X, 20);
    const before = rows.keep((id) => id % 3 !== 0);
    expect([...before]).toEqual(ids(3000).flatMap((id, row) => (id % 3 === 0 ? [] : [row])));
    rows.add([9000], X.slice(0, 20));
    const again = new QuantizedRows(20, memory(widthOf(20)));
    again.addColumns(rows.columns());
    const query = X.slice(200, 220);
    expect(again.candidates(query, 9)).toEqual(rows.candidates(query, 9));
    const distances = distancesFrom(query, X);
    const kept = [...before].map((row) => distances[row] as number);
    const found = rows.candidates(query, 9).map(({ row }) => row);
    expect(nearest(kept, 9).filter((row) => !found.includes(row))).toEqual([]);
  });
});

describe("the kernel of codes", () => {
  it("multiplies as the plain code does", () => {
    for (const width of [16, 64, 144]) {
      const [kernel, plain] = [codeMemory(width), new PlainCodes(width)];
      kernel.reserve(300);
      plain.reserve(300);
      for (let i = 0; i < 300 * width; i++) kernel.codes[i] = plain.codes[i] = random.integer(255) - 127;
      const query = Int16Array.from({ length: width }, () => random.integer(2 ** 15) - 2 ** 14);
      expect([...kernel.dots(query, 7, 200).subarray(0, 200)]).toEqual([...plain.dots(query, 7, 200).subarray(0, 200)]);
      const some = Uint32Array.of(5, 299, 0, 44);
      expect([...kernel.dotsOf(query, some, 1, 3).subarray(0, 3)]).toEqual([...plain.dotsOf(query, some, 1, 3).subarray(0, 3)]);
    }
  });
});
