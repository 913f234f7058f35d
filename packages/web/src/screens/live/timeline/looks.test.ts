import { describe, expect, it } from "vitest";
import { lookOf, runsOf, sightingsOf, type Telling } from "./looks.ts";
import type { Moment, Sighting } from "./moments.ts";

const telling: Telling = { classes: ["neutral", "happiness"], posterior: 0.7, steady: true };
const place = { x: 0, y: 0, width: 0.1, height: 0.1 };

const sighting = (happy: number, more: Partial<Sighting> = {}): Sighting => ({
  face: 1,
  place,
  distribution: Float64Array.of(1 - happy, happy),
  steady: Float64Array.of(1 - happy, happy),
  verdict: Math.max(happy, 1 - happy) >= 0.7 ? "named" : "unsure",
  ...more,
});

describe("a look", () => {
  it("is named from the model's threshold on, by what was smoothed", () => {
    expect(lookOf(sighting(0.9), telling)).toEqual({ expression: "happiness", probability: 0.9, verdict: "named" });
    expect(lookOf(sighting(0.6), telling).verdict).toBe("unsure");
    const changing = sighting(0.9, { steady: Float64Array.of(0.55, 0.45) });
    expect(lookOf(changing, telling)).toEqual({ expression: "neutral", probability: 0.55, verdict: "unsure" });
    expect(lookOf(changing, { ...telling, steady: false })).toEqual({ expression: "happiness", probability: 0.9, verdict: "named" });
  });

  it("of what is no known face is not named by smoothing", () => {
    expect(lookOf(sighting(0.99, { verdict: "none of these" }), telling).verdict).toBe("none of these");
  });
});

describe("runs of a look", () => {
  const moments: Moment[] = [0.9, 0.9, 0.5, 0.1, 0.1].map((happy, i) => ({ time: 200 * i, sightings: [sighting(happy)] }));

  it("reach from one change to the next", () => {
    expect(runsOf(sightingsOf(moments, 1), telling)).toEqual([
      { from: 0, to: 400, expression: "happiness" },
      { from: 400, to: 600, expression: undefined },
      { from: 600, to: 800, expression: "neutral" },
    ]);
  });

  it("end where the face was away", () => {
    const later = [...moments.slice(0, 2), { time: 5000, sightings: [sighting(0.9)] }];
    expect(runsOf(sightingsOf(later, 1), telling)).toEqual([
      { from: 0, to: 200, expression: "happiness" },
      { from: 5000, to: 5000, expression: "happiness" },
    ]);
  });

  it("are of one face", () => {
    expect(sightingsOf(moments, 2)).toEqual([]);
  });
});
