import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseCover } from "./choose-cover.ts";

const problemOf = (alike: readonly (readonly number[])[], weights?: readonly number[]) => ({
  candidates: alike.length,
  elements: alike[0]?.length ?? 0,
  covers: (candidate: number, out: Float64Array) => out.set(alike[candidate] as number[]),
  ...(weights && { weights }),
});

/** f(S), written as its definition. */
function worth(alike: readonly (readonly number[])[], weights: readonly number[], chosen: readonly number[]): number {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const covered = weights.reduce((sum, weight, i) => sum + weight * Math.max(0, ...chosen.map((j) => alike[j]?.[i] as number)), 0);
  return whole > 0 ? covered / whole : 0;
}

/** Every choice of `size` of `n`. */
function choices(n: number, size: number, from = 0): number[][] {
  if (size === 0) return [[]];
  return Array.from({ length: Math.max(0, n - from) }, (_, k) => from + k).flatMap((first) =>
    choices(n, size - 1, first + 1).map((rest) => [first, ...rest]),
  );
}

const small = fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 })).chain(([candidates, elements]) =>
  fc.tuple(
    fc.array(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: elements, maxLength: elements }), {
      minLength: candidates,
      maxLength: candidates,
    }),
    fc.array(fc.double({ min: 0, max: 5, noNaN: true }), { minLength: elements, maxLength: elements }),
    fc.integer({ min: 1, max: candidates }),
  ),
);

describe("chooseCover", () => {
  it("reaches at least 1 − 1/e of the best choice there is, and never more than its ceiling says", () => {
    fc.assert(
      fc.property(small, ([alike, weights, size]) => {
        const optimum = Math.max(...choices(alike.length, size).map((chosen) => worth(alike, weights, chosen)));
        const { coverage, ceiling } = chooseCover(problemOf(alike, weights), { size });
        expect(coverage).toBeGreaterThanOrEqual((1 - 1 / Math.E) * optimum - 1e-9);
        expect(coverage).toBeLessThanOrEqual(optimum + 1e-9);
        expect(ceiling).toBeGreaterThanOrEqual(optimum - 1e-9);
      }),
      { numRuns: 300 },
    );
  });

  it("can fall short of the best choice, so that the property above is no triviality", () => {
    const alike = [
      [1, 1, 1, 1, 0, 0],
      [1, 1, 0, 0, 1, 0],
      [0, 0, 1, 1, 0, 1],
    ];
    expect(chooseCover(problemOf(alike), { size: 2 }).coverage).toBeCloseTo(5 / 6, 12);
    expect(worth(alike, [1, 1, 1, 1, 1, 1], [1, 2])).toBe(1);
  });

  it("chooses in each round what adds most, as looking at all candidates again would", () => {
    fc.assert(
      fc.property(small, ([alike, weights, size]) => {
        const { chosen, gains } = chooseCover(problemOf(alike, weights), { size });
        const plain: number[] = [];
        for (let round = 0; round < chosen.length; round++) {
          const added = alike.map((_, j) => (plain.includes(j) ? -1 : worth(alike, weights, [...plain, j]) - worth(alike, weights, plain)));
          expect(gains[round]).toBeCloseTo(Math.max(...added), 9);
          plain.push(chosen[round] as number);
        }
      }),
    );
  });

  it("has gains that never rise and add up to the coverage", () => {
    fc.assert(
      fc.property(small, ([alike, weights, size]) => {
        const { gains, coverage } = chooseCover(problemOf(alike, weights), { size });
        for (let round = 1; round < gains.length; round++) expect(gains[round]).toBeLessThanOrEqual((gains[round - 1] as number) + 1e-12);
        expect(gains.reduce((sum, gain) => sum + gain, 0)).toBeCloseTo(coverage, 9);
      }),
    );
  });

  it("gives a shorter list as the first part of a longer one", () => {
    fc.assert(
      fc.property(small, ([alike, weights, size]) => {
        const { chosen } = chooseCover(problemOf(alike, weights), { size });
        const fewer = chooseCover(problemOf(alike, weights), { size: Math.max(1, size - 1) }).chosen;
        expect(Array.from(chosen.subarray(0, fewer.length))).toEqual(Array.from(fewer));
      }),
    );
  });

  it("says of each element which of the chosen stands best for it", () => {
    const alike = [
      [1, 0.6, 0, 0],
      [0.6, 1, 0, 0.1],
      [0, 0, 1, 0],
    ];
    expect(chooseCover(problemOf(alike), { size: 2 })).toMatchObject({ standing: Int32Array.of(0, 0, 1, 0) });
    expect(chooseCover(problemOf([[0, 1]]), { size: 1 }).standing).toEqual(Int32Array.of(-1, 0));
  });

  it("takes those to be kept first, whatever they add", () => {
    const alike = [
      [1, 1, 1],
      [0, 0, 0.2],
      [0.5, 0, 0],
    ];
    expect(Array.from(chooseCover(problemOf(alike), { size: 2, keep: [1] }).chosen)).toEqual([1, 0]);
  });

  it("ends early where nothing is left to stand for", () => {
    const alike = [
      [1, 0],
      [0, 1],
      [1, 0],
    ];
    expect(Array.from(chooseCover(problemOf(alike), { size: 3 }).chosen)).toEqual([0, 1]);
    expect(chooseCover({ candidates: 2, elements: 0, covers: () => {} }, { size: 2 }).coverage).toBe(0);
  });

  it("says what is wrong with size, kept candidates, weights and coverings", () => {
    const problem = problemOf([[1, 0]]);
    expect(() => chooseCover(problem, { size: 0 })).toThrow("chooseCover: expected size to be a whole number above 0, but got 0.");
    expect(() => chooseCover(problem, { size: 1, keep: [1] })).toThrow(
      "chooseCover: expected keep to be candidates from 0 to 0, but got 1.",
    );
    expect(() => chooseCover({ ...problem, weights: [1] }, { size: 1 })).toThrow(
      "chooseCover: expected a weight for each of 2 elements, but got 1.",
    );
    expect(() => chooseCover({ ...problem, weights: [1, -1] }, { size: 1 })).toThrow(
      "chooseCover: expected weights from 0, but element 1 has -1.",
    );
    expect(() => chooseCover(problemOf([[1, 2]]), { size: 1 })).toThrow(
      "chooseCover: expected candidates to cover from 0 to 1, but 0 covers element 1 with 2.",
    );
    expect(() => chooseCover(problem, { k: 1 } as never)).toThrow('chooseCover: unknown option "k"; known: size, keep.');
  });
});
