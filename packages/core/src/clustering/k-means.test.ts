import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { mixtures } from "../fixtures/mixtures.ts";
import { farthest, oracle, oracleTrain } from "../fixtures/oracle.ts";
import { nmi } from "../metrics/nmi.ts";
import { Random } from "../random.ts";
import { centersFromLabels, clusterByKMeans, kMeans } from "./k-means.ts";

const line = (...values: number[]) => new Embeddings(Float32Array.from(values), 1);
const points = fc
  .array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), { minLength: 4, maxLength: 40 })
  .map((rows) => new Embeddings(Float32Array.from(rows.flat()), 2));

/** Lloyd's iteration with every distance computed: the clusters after each assignment. */
function plainLloyd(X: Embeddings, initial: readonly number[], k: number): number[][] {
  let centers = [...initial];
  const history: number[][] = [];
  for (;;) {
    const clusters = Array.from({ length: X.rows }, (_, i) => {
      const squares = Array.from({ length: k }, (_, c) => X.row(i).reduce((s, x, d) => s + (x - (centers[c * 2 + d] as number)) ** 2, 0));
      return squares.indexOf(Math.min(...squares));
    });
    if (history.at(-1)?.join() === clusters.join()) return history;
    history.push(clusters);
    if (new Set(clusters).size < k) return history; // what comes next is repair
    centers = centers.map((_, j) => {
      const rows = clusters.flatMap((c, i) => (c === j >> 1 ? [i] : []));
      return rows.reduce((sum, i) => sum + (X.row(i)[j & 1] as number), 0) / rows.length;
    });
  }
}

describe("kMeans", () => {
  it.each(mixtures.kMeans)("ends where scikit-learn's Lloyd iteration ends, $k clusters after $iterations iterations", (expected) => {
    const found = clusterByKMeans(oracleTrain, { k: expected.k, initial: expected.initial });
    expect(Array.from(found.clusters)).toEqual(expected.clusters);
    expect(farthest(found.centers, expected.centers)).toBeLessThan(1e-8);
    expect(Math.abs(found.inertia - expected.inertia)).toBeLessThan(1e-8);
    expect(found.iterations).toBe(expected.iterations);
  });

  it("gives each row to the nearest center in every iteration, though it looks at few", () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 4 }), fc.nat(), (X, k, seed) => {
        const initial = Array.from(X.take(new Random(seed).permutation(X.rows).subarray(0, k)).values);
        for (const [n, clusters] of plainLloyd(X, initial, k).entries()) {
          expect(Array.from(clusterByKMeans(X, { k, initial, iterations: n + 1 }).clusters)).toEqual(clusters);
        }
      }),
    );
  });

  it("ends where scikit-learn's Lloyd iteration ends from the same start", () => {
    const { initial, centers, clusters, inertia } = oracle.kMeans;
    const found = clusterByKMeans(oracleTrain, { k: 4, initial });
    expect(Array.from(found.clusters)).toEqual(clusters);
    expect(farthest(found.centers, centers)).toBeLessThan(1e-10);
    expect(Math.abs(found.inertia - inertia)).toBeLessThan(1e-10);
  });

  it("finds the least inertia that 200 starts of scikit-learn find", () => {
    const { inertia } = clusterByKMeans(oracleTrain, { k: 4, restarts: 50, random: new Random(1) });
    expect(inertia).toBeLessThanOrEqual(oracle.kMeans.leastInertia + 1e-9);
  });

  it("separates groups that lie far apart, whatever the seed", () => {
    const random = new Random(2);
    const labels = Int32Array.from({ length: 400 }, (_, i) => i % 8);
    const X = new Embeddings(
      Float32Array.from({ length: 400 * 16 }, (_, j) => 30 * (labels[Math.floor(j / 16)] === j % 16 ? 1 : 0) + random.normal()),
      16,
    );
    for (let seed = 0; seed < 5; seed++) {
      expect(nmi(labels, clusterByKMeans(X, { k: 8, random: new Random(seed) }).clusters)).toBe(1);
    }
  });

  it("yields a record an iteration, its inertia never growing within a start, and stops on demand", () => {
    const steps = [...kMeans(oracleTrain, { k: 5, restarts: 3, random: new Random(3) })];
    expect(new Set(steps.map((step) => step.restart))).toEqual(new Set([0, 1, 2]));
    for (let s = 1; s < steps.length; s++) {
      const [before, now] = [steps[s - 1], steps[s]] as [(typeof steps)[0], (typeof steps)[0]];
      if (now.restart !== before.restart) expect(before.moved).toBe(0);
      else expect(now.inertia).toBeLessThanOrEqual(before.inertia + 1e-9);
    }
    const stopped: number[] = [];
    for (const { iteration } of kMeans(oracleTrain, { k: 5 })) {
      stopped.push(iteration);
      if (iteration === 3) break;
    }
    expect(stopped).toEqual([1, 2, 3]);
  });

  it("returns clusters, centers and an inertia that belong together", () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), (X, k, iterations) => {
        const { centers, clusters, inertia } = clusterByKMeans(X, { k, iterations, restarts: 2 });
        let sum = 0;
        for (let i = 0; i < X.rows; i++) {
          const squares = Array.from({ length: k }, (_, c) =>
            X.row(i).reduce((s, x, d) => s + (x - (centers[c * 2 + d] as number)) ** 2, 0),
          );
          expect(squares[clusters[i] as number]).toBeCloseTo(Math.min(...squares), 9);
          sum += squares[clusters[i] as number] as number;
        }
        expect(sum).toBeCloseTo(inertia, 6);
      }),
    );
  });

  it("gives the same clusters for the same seed, and when all points move or swap axes", () => {
    fc.assert(
      fc.property(points, (X) => {
        const clusters = (Y: Embeddings) => Array.from(clusterByKMeans(Y, { k: 3, random: new Random(5) }).clusters);
        const moved = new Embeddings(
          X.values.map((_, j) => 64 - (X.values[j ^ 1] as number)),
          2,
        );
        expect(clusters(X)).toEqual(clusters(X));
        expect(clusterByKMeans(moved, { k: 3, random: new Random(5) }).inertia).toBeCloseTo(
          clusterByKMeans(X, { k: 3, random: new Random(5) }).inertia,
          6,
        );
      }),
    );
  });

  it("finds the same clusters in any order of the rows, from one start", () => {
    const order = new Random(9).permutation(oracleTrain.rows);
    const initial = oracle.kMeans.initial;
    const { clusters } = clusterByKMeans(oracleTrain.take(order), { k: 4, initial });
    expect(Array.from(clusters)).toEqual(Array.from(order, (i) => oracle.kMeans.clusters[i]));
  });

  it("gives an empty cluster the row farthest from its own center", () => {
    const { clusters, centers } = clusterByKMeans(line(0, 1, 2, 50), { k: 3, initial: [0, 1000, 1] });
    expect(new Set(clusters).size).toBe(3);
    expect(centers).toContain(50);
  });

  it("leaves clusters empty where there are fewer distinct rows than clusters", () => {
    const { clusters, inertia } = clusterByKMeans(line(3, 3, 3), { k: 2 });
    expect(Array.from(clusters)).toEqual([0, 0, 0]);
    expect(inertia).toBe(0);
  });

  it("makes one cluster of everything when k is 1, and one of each row when k is their number", () => {
    expect(Array.from(clusterByKMeans(line(1, 2, 6), { k: 1 }).centers)).toEqual([3]);
    expect(new Set(clusterByKMeans(line(1, 2, 6), { k: 3 }).clusters).size).toBe(3);
  });

  it("starts from one row of each class when told the labels", () => {
    const X = line(0, 1, 50, 51, 100);
    const drawn = Array.from({ length: 20 }, (_, seed) => Array.from(centersFromLabels(X, [4, 4, 0, 0, 2], new Random(seed))));
    for (const centers of drawn) {
      expect([50, 51]).toContain(centers[0]);
      expect(centers[1]).toBe(100);
      expect([0, 1]).toContain(centers[2]);
    }
    expect(new Set(drawn.map(String)).size).toBe(4);
    expect(() => centersFromLabels(X, [1], new Random(0))).toThrow("centersFromLabels: X has 5 rows but labels has 1 rows.");
  });

  it("says what is wrong with k, the start, the rows and unknown options", () => {
    const X = line(1, 2, 3);
    expect(() => clusterByKMeans(X, { k: 4 })).toThrow("kMeans: expected k to be at most the 3 rows, but got 4.");
    expect(() => clusterByKMeans(X, { k: 0 })).toThrow("kMeans: expected k to be a whole number above 0, but got 0.");
    expect(() => clusterByKMeans(X, { k: 2, restarts: 0.5 })).toThrow(
      "kMeans: expected restarts to be a whole number above 0, but got 0.5.",
    );
    expect(() => clusterByKMeans(X, { k: 2, initial: [1] })).toThrow(
      "kMeans: expected initial to hold 2 centers of 1 numbers, but got 1 numbers.",
    );
    expect(() => clusterByKMeans(line(1, Number.NaN), { k: 1 })).toThrow("kMeans: expected finite values, but row 1 holds NaN.");
    expect(() => clusterByKMeans(X, { k: 2, restart: 3 } as { k: number })).toThrow(
      'kMeans: unknown option "restart"; did you mean "restarts"?',
    );
  });
});
