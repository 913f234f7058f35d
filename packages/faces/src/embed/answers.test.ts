import { Embeddings } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { answersOf, gaussiansOf } from "./answers.ts";

/** On a line: neutral at 0, and happiness in two sub-classes, at 8 and at 16. */
const gaussians = gaussiansOf({
  dimensions: 1,
  classes: ["neutral", "happiness"],
  gaussians: { means: [[0], [8], [16]], sigmas: [1, 1, 1], priors: [0.5, 0.25, 0.25], parents: [0, 1, 1] },
});
const answers = (...values: number[]) =>
  answersOf(gaussians, new Embeddings(Float32Array.from(values), 1), { posterior: 0.9, logDensity: -6 });

describe("an answer", () => {
  it("names what is near a class, and the sub-class within it", () => {
    const [neutral, first, second] = answers(0.5, 8, 15.5);
    expect([neutral?.verdict, neutral?.predicted, neutral?.subclass]).toEqual(["named", 0, 0]);
    expect([first?.verdict, first?.predicted, first?.subclass]).toEqual(["named", 1, 1]);
    expect([second?.verdict, second?.predicted, second?.subclass]).toEqual(["named", 1, 2]);
    expect(neutral?.logDensity).toBeCloseTo(Math.log(0.5) - 0.125 - Math.log(Math.sqrt(2 * Math.PI)), 6);
  });

  it("adds the sub-classes of a class up to one distribution", () => {
    for (const { distribution } of answers(0, 4, 12)) {
      expect(distribution).toHaveLength(2);
      expect((distribution[0] as number) + (distribution[1] as number)).toBeCloseTo(1, 12);
    }
    expect(answers(12)[0]?.distribution[1]).toBeGreaterThan(0.999); // between the two sub-classes of one class
  });

  it("leaves the name to the classes' Gaussians where the card has others for the sub-classes", () => {
    const apart = gaussiansOf({
      dimensions: 1,
      classes: ["neutral", "happiness"],
      gaussians: { means: [[0], [12]], sigmas: [4, 4], priors: [0.5, 0.5], parents: [0, 1] },
      kinds: { means: [[0], [8], [16]], sigmas: [1, 1, 1], priors: [0.5, 0.25, 0.25], parents: [0, 1, 1] },
    });
    const X = new Embeddings(Float32Array.of(0, 9, 15, 5), 1);
    const named = answersOf(apart, X, { posterior: 0.6, logDensity: -30 });
    expect(named.map(({ predicted }) => predicted)).toEqual([0, 1, 1, 0]); // 5 is nearer to a sub-class of happiness, and to neutral's mean
    expect(named.map(({ subclass }) => subclass)).toEqual([0, 1, 2, 0]);
    expect(named[3]?.distribution).toEqual(apart.gaussians.posterior(X).slice(6));
    expect(named[3]?.logDensity).toBe(apart.kinds.logDensity(X)[3]);
    const [gap] = answersOf(apart, new Embeddings(Float32Array.of(4), 1), { posterior: 0.6, logDensity: -9 });
    expect(gap?.verdict).toBe("none of these"); // near to neutral's wide mean, but no sub-class is there
  });

  it("is unsure between two classes, and none of these far from all, however sure it would be", () => {
    const [between, far] = answersOf(gaussians, new Embeddings(Float32Array.of(3.9, 22), 1), { posterior: 0.9, logDensity: -12 });
    expect([between?.verdict, between?.predicted, between?.subclass]).toEqual(["unsure", -1, -1]);
    expect([far?.verdict, far?.predicted, far?.subclass]).toEqual(["none of these", -1, -1]);
    expect(far?.distribution[1]).toBeGreaterThan(0.999);
  });

  it("is discounted where few faces lie, and a set of ten where it is unlike what was learned: names stay, probabilities fall", () => {
    const plane = gaussiansOf({
      dimensions: 2,
      classes: ["neutral", "happiness"],
      gaussians: {
        means: [
          [0, 0],
          [6, 0],
        ].map((mean) => [...mean]),
        sigmas: [1, 1],
        priors: [0.5, 0.5],
        parents: [0, 1],
      },
    });
    const rates = (right: number) => [
      [right, 1 - right],
      [1 - right, right],
    ];
    const shift = {
      center: [0, 0],
      spread: 1,
      density: { from: -8, slope: 1 },
      shares: [0.5, 0.5],
      confusions: [
        { distance: 0, rates: rates(0.95) },
        { distance: 4, rates: rates(0.6) },
      ],
    };
    const thresholds = { posterior: 0.7, logDensity: -99 };
    const set = (off: number) =>
      new Embeddings(
        Float32Array.from({ length: 40 }, (_, j) => (j % 2 === 0 ? 6 * ((j >> 1) % 2) : off)),
        2,
      );
    const far = set(2);
    const [plain, alone, together] = [{}, { shift }, { shift, together: true }].map((how) => answersOf(plane, far, thresholds, how));
    expect(alone).toEqual(plain); // no face by itself lies where few do
    expect(plain?.map(({ verdict }) => verdict)).toEqual(Array(20).fill("named"));
    expect(together?.map(({ verdict }) => verdict)).toEqual(Array(20).fill("unsure"));
    expect(together?.map(({ distribution: [a, b] }) => Number((b as number) > (a as number)))).toEqual(plain?.map((x) => x.predicted));
    expect(together?.[0]?.distribution[0]).toBeCloseTo(0.6, 1);
    expect(answersOf(plane, set(0), thresholds, { shift, together: true })).toEqual(answersOf(plane, set(0), thresholds));
    // At (1, 4) the odds are 24/2 nats, and ln p(x) = ln 0.5 − ln 2π − 17/2 = −11.03: 3.03 nats below.
    const [sparse] = answersOf(plane, new Embeddings(Float32Array.of(1, 4), 2), thresholds, { shift });
    const [p, q] = [sparse?.distribution[0] as number, sparse?.distribution[1] as number];
    expect(Math.log(p / q)).toBeCloseTo(12 - 3.03, 1);
  });

  it("names nothing where an embedding is no number", () => {
    const [answer] = answers(Number.NaN);
    expect([answer?.verdict, answer?.predicted]).toEqual(["none of these", -1]);
    expect(answer?.distribution.every(Number.isNaN)).toBe(true);
  });
});
