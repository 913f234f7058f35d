import { describe, expect, it } from "vitest";
import { Random } from "../random.ts";
import { clouds, points } from "./fixtures/oracle.ts";
import { MapForces } from "./map-forces.ts";
import { Quadtree } from "./quadtree.ts";
import { affinitiesOf, projectByTsne } from "./tsne.ts";

const random = new Random(3);
const scattered = (count: number, width: number) => Float64Array.from({ length: 2 * count }, () => random.normal(0, width));

/** Z and the push on every point, pair by pair. */
function summed(Y: Float64Array): { Z: number; push: Float64Array } {
  const push = new Float64Array(Y.length);
  let Z = 0;
  for (let i = 0; i < Y.length; i += 2) {
    for (let j = 0; j < Y.length; j += 2) {
      if (i === j) continue;
      const [dx, dy] = [(Y[i] as number) - (Y[j] as number), (Y[i + 1] as number) - (Y[j + 1] as number)];
      const w = 1 / (1 + dx * dx + dy * dy);
      Z += w;
      push[i] = (push[i] as number) + w * w * dx;
      push[i + 1] = (push[i + 1] as number) + w * w * dy;
    }
  }
  return { Z, push };
}

/** How far the tree is from the sum, as parts of Z and of the pushes' norm. */
function errors(Y: Float64Array, theta: number): { Z: number; push: number } {
  const tree = new Quadtree(Y.length / 2, theta);
  tree.build(Y);
  const push = new Float64Array(Y.length);
  const Z = tree.repulsion(push);
  const exact = summed(Y);
  const norm = (list: Float64Array) => Math.sqrt(list.reduce((sum, value) => sum + value * value, 0));
  return { Z: Math.abs(Z - exact.Z) / exact.Z, push: norm(push.map((value, j) => value - (exact.push[j] as number))) / norm(exact.push) };
}

describe("the quadtree", () => {
  it("agrees with the sum over pairs: within 1 % at theta 0.5, nearer with less, to rounding near 0", () => {
    for (const width of [1e-4, 1, 30]) {
      const Y = scattered(600, width);
      const [half, fifth, least] = [errors(Y, 0.5), errors(Y, 0.2), errors(Y, 1e-6)];
      expect(half.Z).toBeLessThan(0.01);
      expect(half.push).toBeLessThan(0.01);
      expect(fifth.push).toBeLessThan(half.push);
      expect(least.Z).toBeLessThan(1e-12);
      expect(least.push).toBeLessThan(1e-10);
    }
  });

  it("agrees where points coincide, many at one place and all of them", () => {
    const Y = scattered(100, 5);
    for (let i = 0; i < 80; i++) Y.set([1, 2], 2 * i);
    expect(errors(Y, 0.5).Z).toBeLessThan(0.01);
    const tree = new Quadtree(50, 0.5);
    tree.build(new Float64Array(100).fill(3));
    const push = new Float64Array(100);
    expect(tree.repulsion(push)).toBeCloseTo(50 * 49, 9);
    expect(push.every((value) => value === 0)).toBe(true);
  });

  it("agrees where one point lies a million times farther out than the rest", () => {
    const Y = scattered(200, 1);
    Y.set([1e6, -1e6], 0);
    expect(errors(Y, 0.5).push).toBeLessThan(0.01);
  });

  it("gives the same after it was laid over other points before", () => {
    const [before, Y] = [scattered(300, 2), scattered(300, 7)];
    const [used, fresh] = [new Quadtree(300, 0.5), new Quadtree(300, 0.5)];
    used.build(before);
    used.build(Y);
    fresh.build(Y);
    const [a, b] = [new Float64Array(600), new Float64Array(600)];
    expect(used.repulsion(a)).toBeCloseTo(fresh.repulsion(b), 6);
    for (let j = 0; j < 600; j++) expect(a[j]).toBeCloseTo(b[j] as number, 9);
  });

  it("pushes a point that is not on it as if it were", () => {
    const Y = scattered(300, 3);
    const tree = new Quadtree(299, 1e-6);
    tree.build(Y.subarray(2));
    const [alone, all] = [new Float64Array(2), summed(Y)];
    tree.repulsionOn(Y[0] as number, Y[1] as number, alone, 0);
    expect(alone[0]).toBeCloseTo(all.push[0] as number, 9);
    expect(alone[1]).toBeCloseTo(all.push[1] as number, 9);
  });
});

describe("the forces on a map", () => {
  const P = affinitiesOf(points, 8);
  const Y = scattered(points.rows, 2);
  const divergenceAt = (positions: Float64Array, theta = 0) => {
    const forces = new MapForces(P, theta);
    forces.measure(positions);
    return forces.divergence(positions);
  };

  it("are the gradient that finite differences of the divergence give, at theta 0", () => {
    const forces = new MapForces(P, 0);
    forces.measure(Y);
    const gradient = new Float64Array(Y.length);
    const norm = forces.gradient(1, gradient);
    expect(norm).toBeCloseTo(Math.sqrt(gradient.reduce((sum, slope) => sum + slope * slope, 0)), 12);
    for (let j = 0; j < Y.length; j++) {
      const step = 1e-5;
      const [more, less] = [Y.slice(), Y.slice()];
      more[j] = (more[j] as number) + step;
      less[j] = (less[j] as number) - step;
      expect(gradient[j]).toBeCloseTo((divergenceAt(more) - divergenceAt(less)) / (2 * step), 8);
    }
  });

  it("are nearly the same at theta 0.5, divergence and gradient", () => {
    const map = projectByTsne(clouds(500, 8, 5), { perplexity: 20, iterations: 300 }).positions;
    const others = affinitiesOf(clouds(500, 8, 5), 20);
    const [exact, near] = [new MapForces(others, 0), new MapForces(others, 0.5)];
    const [a, b] = [new Float64Array(1000), new Float64Array(1000)];
    exact.measure(map);
    near.measure(map);
    exact.gradient(12, a);
    near.gradient(12, b);
    expect(Math.abs(near.divergence(map) - exact.divergence(map))).toBeLessThan(0.005);
    const error = Math.sqrt(a.reduce((sum, slope, j) => sum + (slope - (b[j] as number)) ** 2, 0));
    expect(error).toBeLessThan(0.02 * Math.sqrt(a.reduce((sum, slope) => sum + slope * slope, 0)));
  });

  it("do not change the divergence when the map moves, turns or is mirrored, and it is never below 0", () => {
    const moved = Y.map((_, j) => (j % 2 === 0 ? 5 - (Y[j + 1] as number) : (Y[j - 1] as number) + 2));
    expect(divergenceAt(moved)).toBeCloseTo(divergenceAt(Y), 10);
    expect(divergenceAt(Y)).toBeGreaterThan(0);
  });
});
