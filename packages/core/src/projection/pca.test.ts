import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { farthest } from "../fixtures/oracle.ts";
import { clouds, digits, oracle, points } from "./fixtures/oracle.ts";
import { pca } from "./pca.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

const inner = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, d) => sum + value * (b[d] as number), 0);

describe("symmetricEigen", () => {
  it("gives unit vectors at right angles that the matrix stretches by its values", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 1e6 }), (size, seed) => {
        const { values: entries } = clouds(size, size, 1, seed);
        const A = Float64Array.from({ length: size * size }, (_, at) => {
          const [i, j] = [Math.floor(at / size), at % size];
          return Math.round((entries[Math.min(i, j) * size + Math.max(i, j)] as number) * 4); // many zeros and equal values
        });
        const { values, vectors } = symmetricEigen(A.slice(), size);
        for (let v = 0; v < size; v++) {
          const vector = vectors.subarray(v * size, (v + 1) * size);
          const stretched = vector.map((_, i) => inner(A.subarray(i * size, (i + 1) * size), vector));
          expect(
            farthest(
              stretched,
              vector.map((x) => x * (values[v] as number)),
            ),
          ).toBeLessThan(1e-11);
          for (let w = 0; w <= v; w++) {
            expect(inner(vector, vectors.subarray(w * size, (w + 1) * size))).toBeCloseTo(v === w ? 1 : 0, 12);
          }
          if (v > 0) expect(values[v]).toBeLessThanOrEqual(values[v - 1] as number);
        }
      }),
    );
  });

  it("leaves a diagonal matrix as it is, sorted", () => {
    const { values, vectors } = symmetricEigen(Float64Array.of(1, 0, 0, 0, 3, 0, 0, 0, 2), 3);
    expect(Array.from(values)).toEqual([3, 2, 1]);
    expect(Array.from(vectors, Math.abs)).toEqual([0, 1, 0, 0, 0, 1, 1, 0, 0]);
  });
});

describe("pca", () => {
  it("gives scikit-learn's components, variance and positions to 1e-8", () => {
    const cases = [
      [points, oracle.pca.points],
      [digits, oracle.pca.digits],
      [points.take([0, 1, 2, 3, 4]), oracle.pca.wide], // fewer rows than columns
    ] as const;
    for (const [X, expected] of cases) {
      const found = pca(X, expected.columns);
      expect(farthest(found.components, expected.components)).toBeLessThan(1e-8);
      expect(farthest(found.variance, expected.variance)).toBeLessThan(1e-8);
      if (expected.positions) expect(farthest(found.positions, expected.positions)).toBeLessThan(1e-8);
    }
  });

  it("turns each component so that its greatest entry is positive", () => {
    const { components } = pca(points, 6);
    for (let c = 0; c < 6; c++) {
      const component = components.subarray(6 * c, 6 * c + 6);
      const absolute = component.map(Math.abs);
      expect(component[absolute.indexOf(Math.max(...absolute))]).toBeGreaterThan(0);
    }
  });

  it("puts rows back together from all components and the mean", () => {
    const { positions, components, mean } = pca(points, 6);
    for (let i = 0; i < points.rows; i++) {
      for (let d = 0; d < 6; d++) {
        let value = mean[d] as number;
        for (let c = 0; c < 6; c++) value += (positions[6 * i + c] as number) * (components[6 * c + d] as number);
        expect(value).toBeCloseTo(points.values[6 * i + d] as number, 10);
      }
    }
  });

  it("gives variance 0 and still unit vectors at right angles where rows do not vary", () => {
    for (const X of [new Embeddings(new Float32Array(12).fill(5), 3), new Embeddings(Float32Array.of(1, 2, 3, 4, 2, 4, 6, 8), 4)]) {
      const most = Math.min(X.rows, X.columns);
      const { variance, components } = pca(X, most);
      expect(variance[most - 1]).toBeCloseTo(0, 12);
      for (let a = 0; a < most; a++) {
        for (let b = 0; b <= a; b++) {
          const product = inner(
            components.subarray(a * X.columns, (a + 1) * X.columns),
            components.subarray(b * X.columns, (b + 1) * X.columns),
          );
          expect(product).toBeCloseTo(a === b ? 1 : 0, 12);
        }
      }
    }
  });

  it("takes one row, and constant columns", () => {
    expect(Array.from(pca(new Embeddings(Float32Array.of(3, 4), 2), 1).positions)).toEqual([0]);
    expect(Array.from(pca(new Embeddings(Float32Array.of(9, 0, 9, 2), 2), 2).components)).toEqual([0, 1, 1, 0]);
  });

  it("says what is wrong with columns and rows", () => {
    expect(() => pca(points, 7)).toThrow("pca: expected columns to be a whole number from 1 to 6, but got 7.");
    expect(() => pca(points.take([0, 1]), 3)).toThrow("pca: expected columns to be a whole number from 1 to 2, but got 3.");
    expect(() => pca(new Embeddings(new Float32Array(0), 3), 1)).toThrow("pca: expected rows, but got none.");
    expect(() => pca(new Embeddings(Float32Array.of(1, Infinity), 1), 1)).toThrow("pca: expected finite values, but row 1 holds Infinity.");
  });
});
