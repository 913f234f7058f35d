import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { Random } from "../random.ts";
import { clouds, digits, oracle, points } from "./fixtures/oracle.ts";
import { MapForces } from "./map-forces.ts";
import { trustworthiness } from "./trustworthiness.ts";
import { affinitiesOf, projectByTsne, type TsneStep, tsne } from "./tsne.ts";
import { VantagePointTree } from "./vantage-point-tree.ts";

/** Divergence summed over all pairs, whatever made the map. */
function exactDivergence(X: Embeddings, positions: Float64Array, perplexity: number): number {
  const forces = new MapForces(affinitiesOf(X, perplexity), 0);
  forces.measure(positions);
  return forces.divergence(positions);
}

describe("tsne", () => {
  it("reaches scikit-learn's divergence and trustworthiness on the digits: the same spread over five seeds", () => {
    const maps = [0, 1, 2, 3, 4].map((seed) => projectByTsne(digits, { perplexity: 30, random: new Random(seed) }).positions);
    const divergences = maps.map((map) => exactDivergence(digits, map, 30)).sort();
    const theirs = oracle.tsne.map((map) => map.divergence).sort();
    expect(divergences[2]).toBeLessThan((theirs[2] as number) * 1.01);
    expect(divergences[4]).toBeLessThan((theirs[4] as number) * 1.02);
    expect(Math.min(...maps.map((map) => trustworthiness(digits, map)))).toBeGreaterThan(
      Math.min(...oracle.tsne.map((map) => map.trustworthiness)) - 0.002,
    );
  });

  it("measures the divergence of scikit-learn's maps as its own affinities do, to 0.5 %: it takes 91 neighbours, not 90", () => {
    for (const { positions, divergence } of oracle.tsne) {
      expect(Math.abs(exactDivergence(digits, Float64Array.from(positions), 30) / divergence - 1)).toBeLessThan(0.005);
    }
  });

  it("reaches as little divergence at theta 0.5 as at 0", () => {
    const exact = projectByTsne(digits, { theta: 0, iterations: 500 });
    const near = projectByTsne(digits, { theta: 0.5, iterations: 500 });
    expect(Math.abs(near.divergence / exact.divergence - 1)).toBeLessThan(0.03);
    expect(exact.divergence).toBeCloseTo(exactDivergence(digits, exact.positions, 30), 10);
  });

  it("keeps groups together that lie far apart", () => {
    const X = clouds(400, 16, 8);
    const { positions } = projectByTsne(X, { perplexity: 15 });
    const tree = new VantagePointTree(positions, 2);
    const [rows, squares] = [new Int32Array(5), new Float64Array(5)];
    for (let i = 0; i < X.rows; i++) {
      tree.search(positions, i, i, rows, squares, 0, 5);
      for (const row of rows) expect(row % 8).toBe(i % 8);
    }
  });

  it("gives the same map for the same seed to the bit, and another for another", () => {
    const map = (seed: number) => projectByTsne(points, { iterations: 60, random: new Random(seed) }).positions;
    expect(map(3)).toEqual(map(3));
    expect(map(3)).not.toEqual(map(4));
  });

  it("starts on the main axes, ten thousandths wide, and goes down the gradient from there", () => {
    const { value } = tsne(points, { learningRate: 1e-9 }).next() as { value: TsneStep };
    const deviation = (axis: number) =>
      Math.sqrt(value.positions.reduce((sum, y, j) => sum + (j % 2 === axis ? y * y : 0), 0) / points.rows);
    expect(deviation(0)).toBeCloseTo(1e-4, 6);
    const ratio = Math.sqrt((oracle.pca.points.variance[1] as number) / (oracle.pca.points.variance[0] as number));
    expect(deviation(1) / deviation(0)).toBeCloseTo(ratio, 2);
  });

  it("starts where it is told, and leaves the start as it was", () => {
    const initial = Float64Array.from({ length: 120 }, (_, j) => Math.sin(j));
    const before = initial.slice();
    const first = tsne(points, { initial, learningRate: 1e-12 }).next().value as TsneStep;
    const mean = (axis: number) => initial.reduce((sum, y, j) => sum + (j % 2 === axis ? y / 60 : 0), 0);
    for (let j = 0; j < 120; j++) expect(first.positions[j]).toBeCloseTo((initial[j] as number) - mean(j % 2), 9);
    expect(initial).toEqual(before);
  });

  it("yields one record per step, its divergence measured every 50th and at the last, and stops on demand", () => {
    const steps = Array.from(tsne(points, { iterations: 120 }), ({ positions, ...step }) => ({ ...step, spread: Math.max(...positions) }));
    expect(steps.map((step) => step.iteration)).toEqual(Array.from({ length: 120 }, (_, i) => i + 1));
    expect(steps.filter((step) => step.divergence !== undefined).map((step) => step.iteration)).toEqual([50, 100, 120]);
    expect(steps.every((step) => Number.isFinite(step.gradientNorm) && step.gradientNorm >= 0)).toBe(true);
    const stopped: number[] = [];
    for (const { iteration } of tsne(points)) {
      stopped.push(iteration);
      if (iteration === 3) break;
    }
    expect(stopped).toEqual([1, 2, 3]);
  });

  it("lessens the divergence once exaggeration has ended", () => {
    const measured = Array.from(tsne(digits), (step) => step.divergence).filter((divergence) => divergence !== undefined);
    for (let m = 6; m < measured.length; m++) expect(measured[m]).toBeLessThan((measured[m - 1] as number) + 1e-3);
  });

  it("returns the last step's positions, centered, their divergence and what they were made with", () => {
    const steps = tsne(points, { iterations: 30, perplexity: 7 });
    let step = steps.next();
    let last: TsneStep | undefined;
    while (!step.done) {
      last = { ...step.value, positions: step.value.positions.slice() };
      step = steps.next();
    }
    expect(step.value.positions).toEqual(last?.positions);
    expect(step.value.divergence).toBe(last?.divergence);
    expect(step.value.positions.reduce((sum, y) => sum + y, 0)).toBeCloseTo(0, 9);
    expect(step.value.options).toEqual({ perplexity: 7, theta: 0.5, iterations: 30, initial: "pca", learningRate: 50, exaggeration: 12 });
  });

  it("takes the learning rate from rows and exaggeration, and a third of the other rows as perplexity where they are few", () => {
    const first = (X: Embeddings, exaggeration: number) => projectByTsne(X, { iterations: 1, exaggeration }).options;
    expect(first(clouds(600, 4, 3), 2).learningRate).toBe(75);
    expect(first(points, 12).learningRate).toBe(50);
    expect(first(points, 12).perplexity).toBeCloseTo(59 / 3, 12);
    expect(first(clouds(600, 4, 3), 2).perplexity).toBe(30);
  });

  it("maps as few as four rows", () => {
    const { positions } = projectByTsne(new Embeddings(Float32Array.of(0, 1, 10, 11), 1));
    expect(positions.every(Number.isFinite)).toBe(true);
    const apart = (i: number, j: number) =>
      Math.hypot(
        (positions[2 * i] as number) - (positions[2 * j] as number),
        (positions[2 * i + 1] as number) - (positions[2 * j + 1] as number),
      );
    expect(apart(0, 1)).toBeLessThan(apart(1, 2));
  });

  it("maps identical rows, all or some, rows on a line and constant columns", () => {
    const same = new Embeddings(new Float32Array(180).fill(3), 3);
    const twins = new Embeddings(
      Float32Array.from({ length: 120 }, (_, i) => Math.floor(i / 40) * 10),
      1,
    );
    const constant = new Embeddings(
      Float32Array.from({ length: 180 }, (_, j) => (j % 3 === 1 ? 5 : Math.sin(j))),
      3,
    );
    for (const X of [same, twins, constant]) {
      const { positions, divergence } = projectByTsne(X, { perplexity: 10, iterations: 300 });
      expect(positions.every(Number.isFinite)).toBe(true);
      expect(Number.isFinite(divergence)).toBe(true);
      const across = Array.from({ length: 2 }, (_, axis) => Math.max(...positions.filter((_, j) => j % 2 === axis)));
      expect(Math.min(...across)).toBeGreaterThan(0.01); // in both directions
    }
  });

  it("says what is wrong with perplexity, naming the largest possible, and with other options", () => {
    const says = (options: object, message: string) => expect(() => tsne(points, options).next()).toThrow(message);
    says({ perplexity: 30 }, "tsne: expected perplexity to be at most 19.66, a third of the 59 other rows, but got 30.");
    expect(() => tsne(points, { perplexity: 19.66 }).next()).not.toThrow();
    says({ perplexity: 0.5 }, "tsne: expected perplexity to be a number from 1, but got 0.5.");
    says({ theta: 1.5 }, "tsne: expected theta to be a number from 0 to 1, but got 1.5.");
    says({ iterations: 0 }, "tsne: expected iterations to be a whole number above 0, but got 0.");
    says({ exaggeration: 0.5 }, "tsne: expected exaggeration to be a number from 1, but got 0.5.");
    says({ learningRate: -1 }, 'tsne: expected learningRate to be a number above 0 or "auto", but got -1.');
    says({ initial: "random" }, 'tsne: expected initial to be "pca" or a Float64Array, but got "random".');
    says({ initial: new Float64Array(9) }, "tsne: expected initial to hold 60 rows of 2 numbers, but got 9 numbers.");
    says({ initial: new Float64Array(120).fill(Infinity, 7) }, "tsne: expected finite positions, but row 3 of initial holds Infinity.");
    says({ perplexety: 5 }, 'tsne: unknown option "perplexety"; did you mean "perplexity"?');
  });

  it("refuses too few rows, and rows that are not finite", () => {
    expect(() => projectByTsne(points.take([0, 1, 2]))).toThrow("tsne: expected at least 4 rows, but got 3.");
    const X = points.take([0, 1, 2, 3, 4]);
    X.values[13] = Number.NaN;
    expect(() => projectByTsne(X)).toThrow("tsne: expected finite values, but row 2 holds NaN.");
  });
});
