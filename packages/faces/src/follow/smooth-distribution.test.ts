import { ShapeError } from "@semblant/core";
import { expect, it } from "vitest";
import { smoothDistribution } from "./smooth-distribution.ts";

const [calm, glad] = [Float64Array.of(0.9, 0.08, 0.02), Float64Array.of(0.05, 0.9, 0.05)];

it("takes the first frame as it is, and each where nothing is to be smoothed", () => {
  expect(smoothDistribution(undefined, calm, { elapsed: 0 })).toEqual(calm);
  expect(smoothDistribution(glad, calm, { elapsed: 40, halfLife: 0 })).toEqual(calm);
});

it("leaves what does not change, and sums to 1", () => {
  const same = smoothDistribution(calm, calm, { elapsed: 40 });
  for (const [c, p] of calm.entries()) expect(same[c]).toBeCloseTo(p, 12);
  const between = smoothDistribution(calm, glad, { elapsed: 120 });
  expect(between.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
});

it("averages log-odds: half of them after the half-life", () => {
  const half = smoothDistribution(calm, glad, { elapsed: 300 });
  const odds = (p: Float64Array) => Math.log((p[0] as number) / (p[1] as number));
  expect(odds(half)).toBeCloseTo((odds(calm) + odds(glad)) / 2, 12);
});

it("does not hang on how the time is cut into frames", () => {
  const once = smoothDistribution(calm, glad, { elapsed: 200 });
  let often: Float64Array = calm;
  for (let i = 0; i < 10; i++) often = smoothDistribution(often, glad, { elapsed: 20 });
  for (const [c, p] of once.entries()) expect(often[c]).toBeCloseTo(p, 10);
});

it("is not held by one frame that was quite sure", () => {
  let steady: Float64Array = Float64Array.of(1, 0, 0);
  for (let i = 0; i < 20; i++) steady = smoothDistribution(steady, glad, { elapsed: 100 });
  expect(steady[1]).toBeGreaterThan(0.85);
});

it("refuses other classes", () => {
  expect(() => smoothDistribution(calm, Float64Array.of(1), { elapsed: 1 })).toThrow(
    new ShapeError("smoothDistribution: before has 3 classes but now has 1."),
  );
  expect(() => smoothDistribution(calm, glad, { elapsed: -1 })).toThrow("milliseconds of 0 or more");
});
