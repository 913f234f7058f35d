import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { fitSubclassGaussians } from "../gaussians/subclass-gaussians.ts";
import { Random } from "../random.ts";
import { distanceOf } from "./distance.ts";
import { discountFaces } from "./face-discount.ts";
import { fitShiftReference } from "./fit-shift-reference.ts";
import { measureShift } from "./measure-shift.ts";
import { flatten, fromLogOdds, logOdds, lowered } from "./odds.ts";
import { offPlane } from "./off-plane.ts";
import { confusionAt, rightlyNamed } from "./rightly-named.ts";
import { isShiftReference } from "./shift-reference.ts";

/** Classes at 0 and 4 of the first column; the second is off the plane through them. */
function faces(random: Random, { rows = 400, apart = 4, off = 0, spread = 1, second = 0.5 } = {}): Embeddings {
  const labels = Int32Array.from({ length: rows }, (_, i) => (i < (1 - second) * rows ? 0 : 1));
  const values = Float32Array.from({ length: 2 * rows }, (_, j) =>
    j % 2 === 0 ? apart * (labels[j >> 1] as number) + random.normal() : off + spread * random.normal(),
  );
  return new Embeddings(values, 2, { labels, classes: ["a", "b"] });
}
const random = new Random(3);
const train = faces(random, { rows: 2000 });
const gaussians = fitSubclassGaussians(train, { subclasses: train.labels as Int32Array, parents: [0, 1], sigma: 1 });
const model = { gaussians, kinds: gaussians };
const named = (X: Embeddings) => gaussians.classify(X).predicted;

/** Faces as far off as `off` look half as different: that is what a reference learns from copies. */
const copies = [0, 0.5, 1, 1.5, 2, 3].map((off) => faces(random, { rows: 2000, off, apart: 4 / (1 + off), second: 0.3 }));
const reference = fitShiftReference(model, copies);

describe("how far a set lies off the plane of the classes' means", () => {
  it("is the squared way, in units of the spread, whatever classes the set has", () => {
    for (const second of [0, 0.5, 1]) {
      const X = faces(random, { rows: 4000, off: 1.5, second });
      const { distance, spread } = distanceOf(offPlane(X, named(X), gaussians), { center: [0, 0], spread: 1 });
      expect(distance).toBeCloseTo(2.25, 0);
      expect(spread).toBeCloseTo(1, 0);
    }
  });

  it("is 0 for faces that differ within the plane, and for a few faces no more than chance has it", () => {
    const moved = faces(random, { apart: 9 });
    expect(distanceOf(offPlane(moved, named(moved), gaussians), { center: [0, 0], spread: 1 }).distance).toBeLessThan(0.02);
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const few = Array.from({ length: 300 }, () => faces(random, { rows: 10 }));
    expect(mean(few.map((X) => distanceOf(offPlane(X, named(X), gaussians), { center: [0, 0], spread: 1 }).distance))).toBeLessThan(0.1);
  });

  it("leaves out rows without a name", () => {
    const X = new Embeddings(Float32Array.of(0, 1, 4, 3, Number.NaN, 0), 2);
    expect(offPlane(X, [0, 1, -1], gaussians)).toMatchObject({ rows: 2, spread: expect.closeTo(1, 1) });
  });
});

describe("what names are worth", () => {
  it("is known by hand where classes are confused", () => {
    const rates = [
      [0.9, 0.1],
      [0.4, 0.6],
    ];
    // Names as often as (0.6, 0.4) of equally frequent classes give them: (0.65, 0.35). The estimate stays at equal parts.
    const right = rightlyNamed(rates, [0.65, 0.35], [0.5, 0.5]);
    expect(right[0]).toBeCloseTo(0.45 / 0.65, 6);
    expect(right[1]).toBeCloseTo(0.3 / 0.35, 6);
    // All are named b: there are more of b than was thought, and the name is worth more.
    expect(rightlyNamed(rates, [0, 1], [0.5, 0.5])[1]).toBeGreaterThan(0.86);
  });

  it("lies between the distances that are kept", () => {
    const rates = (x: number) => [
      [x, 1 - x],
      [0, 1],
    ];
    const kept = [0, 1].map((distance) => ({ distance, rates: rates(1 - distance / 2) }));
    expect(confusionAt({ confusions: kept }, 0.5)[0]?.[0]).toBeCloseTo(0.75, 12);
    expect(confusionAt({ confusions: kept }, 7)[0]?.[0]).toBe(0.5);
  });
});

describe("a probability", () => {
  it("is made less with the order of the distribution kept", () => {
    const distribution = Float64Array.of(0.1, 0.8, 0.1);
    flatten(distribution, 0.5);
    expect(Array.from(distribution)).toEqual([0.25, 0.5, 0.25].map((p) => expect.closeTo(p, 12)));
    flatten(distribution, 0); // not below even odds
    expect(distribution.indexOf(Math.max(...distribution))).toBe(1);
    expect(distribution[1]).toBeGreaterThan(1 / 3);
  });

  it("is lowered in log-odds until the mean is right, and never raised", () => {
    const given = [0.99, 0.7, 0.5];
    const off = lowered(given, 0.6);
    const mean = given.reduce((sum, p) => sum + fromLogOdds(logOdds(p) + off), 0) / 3;
    expect(mean).toBeCloseTo(0.6, 6);
    expect(lowered(given, 0.9)).toBe(0);
  });

  it("of a face where few lie is discounted, of others it stays", () => {
    const posterior = Float64Array.of(0.9, 0.1, 0.9, 0.1);
    const figures = { density: { from: -5, slope: 0.5 }, shares: [0.5, 0.5] };
    const discounted = discountFaces(posterior, [-4, -9], figures);
    expect(Array.from(discounted.subarray(0, 2))).toEqual([0.9, 0.1]);
    expect(discounted[2]).toBeCloseTo(fromLogOdds(Math.log(9) - 2), 9);
  });
});

describe("a set of faces", () => {
  const rightOf = (X: Embeddings) => named(X).filter((name, i) => name === X.labels?.[i]).length / X.rows;

  it("like the validation faces is expected to be named as well as those, and keeps its probabilities", () => {
    const X = faces(random, { rows: 1000, second: 0.3 });
    const { shift, posterior } = measureShift(X, model, reference) ?? {};
    expect(shift?.unlike).toBe(false);
    expect(shift?.distance).toBeLessThan(0.05);
    expect(shift?.expected).toBeCloseTo(rightOf(X), 1);
    const before = gaussians.posterior(X);
    const changed = before.filter((p, j) => Math.abs(p - (posterior?.[j] as number)) > 1e-9).length;
    expect(changed / before.length).toBeLessThan(0.1); // those where few faces lie
  });

  it("unlike them is expected to be named as badly as it is, and no name changes", () => {
    const X = faces(random, { rows: 1000, off: 2, apart: 4 / 3, second: 0.3 });
    const { shift, posterior } = measureShift(X, model, reference) ?? {};
    expect(rightOf(X)).toBeLessThan(0.78);
    expect(Math.abs((shift?.expected as number) - rightOf(X))).toBeLessThan(0.06);
    const names = named(X);
    for (let i = 0; i < X.rows; i++) {
      const [a, b] = [posterior?.[2 * i] as number, posterior?.[2 * i + 1] as number];
      expect(a + b).toBeCloseTo(1, 12);
      expect(a >= b ? 0 : 1).toBe(names[i]);
    }
  });

  it("that was taken in one way is expected to hold rare expressions as often as common ones", () => {
    const spread = (spread: number) => measureShift(faces(new Random(7), { off: 1.2, apart: 2, spread, second: 0.3 }), model, reference);
    expect(spread(0.3)?.shift.expected).toBeLessThan((spread(1)?.shift.expected as number) - 0.01);
    expect(spread(0.3)?.shift.spread).toBeCloseTo(0.09, 1);
  });

  it("of fewer than ten says nothing", () => {
    expect(measureShift(faces(random, { rows: 9 }), model, reference)).toBeUndefined();
    expect(measureShift(faces(random, { rows: 10 }), model, reference)).toBeDefined();
  });
});

describe("the figures of a model", () => {
  it("are those of its validation faces", () => {
    expect(isShiftReference(JSON.parse(JSON.stringify(reference)), { columns: 2, classes: 2 })).toBe(true);
    expect(reference.spread).toBeCloseTo(1, 0);
    expect(reference.shares).toEqual([0.7, 0.3]);
    const [near, far] = [reference.confusions[0], reference.confusions.at(-1)];
    expect(near?.rates[0]?.[0]).toBeGreaterThan(0.95);
    expect(far?.rates[1]?.[1]).toBeLessThan(near?.rates[1]?.[1] as number);
    for (const { rates } of reference.confusions) for (const row of rates) expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 4);
  });

  it("are refused where they are others", () => {
    const of = { columns: 2, classes: 2 };
    const bad = [
      undefined,
      {},
      { ...reference, center: [0] },
      { ...reference, spread: 0 },
      { ...reference, density: null },
      { ...reference, shares: [1, Number.NaN] },
      { ...reference, confusions: [] },
      { ...reference, confusions: reference.confusions.slice(1) },
      { ...reference, confusions: [{ distance: 0, rates: [[1, 0]] }] },
    ];
    for (const value of bad) expect(isShiftReference(value, of)).toBe(false);
  });

  it("need validation faces with labels", () => {
    expect(() => fitShiftReference(model, [])).toThrow("fitShiftReference: expected validation faces, but got none.");
    expect(() => fitShiftReference(model, [new Embeddings(Float32Array.of(0, 0), 2)])).toThrow(
      "fitShiftReference: expected labels, but a copy has none.",
    );
  });
});
