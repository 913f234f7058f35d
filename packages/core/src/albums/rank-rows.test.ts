import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FaceScores, rankRows } from "./rank-rows.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });
const face = fc.record({ expression: share, eyesOpen: share, sharpness: share, side: fc.integer({ min: 40, max: 90 }) });
const good: FaceScores = { expression: 0.9, eyesOpen: 0.9, sharpness: 0.9, side: 80 };

describe("rankRows", () => {
  it("puts the shot first in which no eyes are closed, though a face more looks happy in the other", () => {
    const closed = { ...good, eyesOpen: 0 };
    const serious = { ...good, expression: 0.5 };
    const order = rankRows([
      [good, good, closed],
      [good, serious, serious],
    ]);
    expect(order.map(({ shot }) => shot)).toEqual([1, 0]);
    expect(order[1]).toMatchObject({ worst: 2, missing: 0 });
  });

  it("weighs the worst face half, the next a quarter, worked by hand", () => {
    const only = (expression: number): FaceScores => ({ expression, sharpness: 1, side: 50 });
    const weights = { expression: 1, eyesOpen: 0, sharpness: 0 };
    const [{ score } = { score: Number.NaN }] = rankRows([[only(0.8), only(0.2), only(0.4)]], { weights });
    expect(score).toBeCloseTo((0.2 / 2 + 0.4 / 4 + 0.8 / 8) / (7 / 8), 12);
  });

  it("scores a face by the weighted geometric mean, without what was not measured", () => {
    const score = (one: FaceScores) => rankRows([[one]])[0]?.faces[0];
    expect(score({ expression: 0.5, eyesOpen: 0.25, sharpness: 0.8, side: 9 })).toBeCloseTo(0.5 ** 0.5 * 0.25 ** 0.3 * 0.8 ** 0.2, 12);
    expect(score({ expression: 0.5, sharpness: 0.8, side: 9 })).toBeCloseTo(0.5 ** (5 / 7) * 0.8 ** (2 / 7), 12);
  });

  it("never ranks a shot lower for a face that is better in any way", () => {
    fc.assert(
      fc.property(fc.array(face, { minLength: 1, maxLength: 6 }), fc.nat(5), share, (faces, which, more) => {
        const at = which % faces.length;
        const better = faces.map((one, i) => (i === at ? { ...one, expression: Math.max(one.expression, more) } : one));
        expect(rankRows([better])[0]?.score).toBeGreaterThanOrEqual((rankRows([faces])[0]?.score as number) - 1e-12);
      }),
    );
  });

  it("stays between the worst face and the best, and does not look at the order of faces", () => {
    fc.assert(
      fc.property(fc.array(face, { minLength: 1, maxLength: 6 }), (faces) => {
        const [one] = rankRows([faces]);
        const [turned] = rankRows([[...faces].reverse()]);
        expect(one?.score).toBeCloseTo(turned?.score as number, 12);
        expect(one?.score).toBeGreaterThanOrEqual(Math.min(...(one?.faces ?? [])) - 1e-12);
        expect(one?.score).toBeLessThanOrEqual(Math.max(...(one?.faces ?? [])) + 1e-12);
      }),
    );
  });

  it("counts a face that is missing as one of score 0, and passers-by not at all", () => {
    const small = { ...good, expression: 0, side: 10 };
    const order = rankRows([[good], [good, good], [good, good, small]]);
    expect(order.map(({ shot, missing }) => [shot, missing])).toEqual([
      [1, 0],
      [2, 0],
      [0, 1],
    ]);
    expect(order[1]?.faces[2]).toBeNaN();
  });

  it("gives a shot without faces nothing, and equals in their order", () => {
    expect(rankRows([[], [good], [good]]).map(({ shot, score }) => [shot, score > 0])).toEqual([
      [1, true],
      [2, true],
      [0, false],
    ]);
    expect(rankRows([])).toEqual([]);
  });

  it("says what is wrong with a face or an option", () => {
    expect(() => rankRows([[good], [{ ...good, sharpness: 2 }]])).toThrow(
      "rankRows: expected sharpness from 0 to 1, but face 0 of shot 1 has 2.",
    );
    expect(() => rankRows([[{ ...good, side: 0 }]])).toThrow("rankRows: expected side to be above 0, but face 0 of shot 0 has 0.");
    expect(() => rankRows([], { smallest: 2 })).toThrow("rankRows: expected smallest to be a number from 0 to 1, but got 2.");
    expect(() => rankRows([], { weights: { expression: -1, eyesOpen: 1, sharpness: 1 } })).toThrow(
      "rankRows: expected weights.expression to be a number from 0, but got -1.",
    );
  });
});
