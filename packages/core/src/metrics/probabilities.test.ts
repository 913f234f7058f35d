import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { oracle } from "../fixtures/oracle.ts";
import { calibrationBins, expectedCalibrationError } from "./calibration.ts";
import { mostProbable } from "./confidence.ts";
import { logLoss, voteDivergence, voteLogLoss } from "./log-loss.ts";
import { riskCoverage } from "./risk-coverage.ts";

const { posterior, votes, truth, confidence, correct, ...expected } = oracle.probabilities;
const answers = fc.array(fc.tuple(fc.nat(20), fc.nat(1)), { minLength: 1, maxLength: 80 });
const columns = (rows: readonly (readonly [number, number])[]) => [rows.map(([p]) => p / 20), rows.map(([, right]) => right)] as const;

describe("expected calibration error", () => {
  it("agrees with a loop over the bins in numpy, for 15 bins and for 10", () => {
    expect(expectedCalibrationError(confidence, correct)).toBeCloseTo(expected.ece15, 10);
    expect(expectedCalibrationError(confidence, correct, { bins: 10 })).toBeCloseTo(expected.ece10, 10);
  });

  it("is the gap between confidence and accuracy when there is one bin", () => {
    expect(expectedCalibrationError([0.9, 0.7], [1, 0], { bins: 1 })).toBeCloseTo(0.3, 12);
  });

  it("is 0 when what is said with 75 % is right three times in four", () => {
    expect(expectedCalibrationError([0.75, 0.75, 0.75, 0.75], [1, 0, 1, 1])).toBe(0);
  });

  it("does not depend on the order of the rows, and stays from 0 to 1, with both kinds of bins", () => {
    fc.assert(
      fc.property(answers, fc.constantFrom("equal width" as const, "equal count" as const), (rows, binning) => {
        const error = expectedCalibrationError(...columns(rows), { binning });
        expect(expectedCalibrationError(...columns(rows.toReversed()), { binning })).toBeCloseTo(error, 10);
        expect(error).toBeGreaterThanOrEqual(0);
        expect(error).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("puts as many rows in each bin of equal count, never parting equal confidences", () => {
    const spread = Array.from({ length: 30 }, (_, i) => (i + 1) / 40);
    const right = spread.map(() => 1);
    expect(calibrationBins(spread, right, { bins: 5, binning: "equal count" }).map((bin) => bin.rows)).toEqual([6, 6, 6, 6, 6]);
    expect(calibrationBins([0.5, 0.5, 0.5, 0.9], [1, 1, 0, 1], { bins: 2, binning: "equal count" }).map((bin) => bin.rows)).toEqual([3, 1]);
  });

  it("puts a confidence on an edge into the lower bin, and 0 and 1 into the first and last", () => {
    expect(calibrationBins([0, 0.5, 1], [0, 0, 1], { bins: 2 }).map((bin) => bin.rows)).toEqual([2, 1]);
  });

  it("leaves out NaN, and is NaN without rows", () => {
    expect(expectedCalibrationError([0.75, Number.NaN], [1, 0])).toBe(0.25);
    expect(expectedCalibrationError([], [])).toBeNaN();
    expect(expectedCalibrationError([], [], { binning: "equal count" })).toBeNaN();
  });

  it("says what is wrong with its options and lists", () => {
    expect(() => expectedCalibrationError([0.5], [1], { bins: 0 })).toThrow(
      "calibrationBins: expected bins to be a whole number above 0, but got 0.",
    );
    expect(() => expectedCalibrationError([0.5], [1], { binning: "adaptive" as "equal width" })).toThrow(
      'calibrationBins: expected binning to be "equal width" or "equal count", but got "adaptive".',
    );
    expect(() => expectedCalibrationError([0.5], [])).toThrow("calibrationBins: confidence has 1 rows but correct has 0.");
  });
});

describe("risk-coverage curve", () => {
  it("agrees with a loop over coverages in numpy, ties included", () => {
    expect(riskCoverage(confidence, correct).area).toBeCloseTo(expected.aurc, 10);
  });

  it("ends at 1 − accuracy, and does not depend on the order of the rows", () => {
    fc.assert(
      fc.property(answers, (rows) => {
        const curve = riskCoverage(...columns(rows));
        const wrong = rows.filter(([, right]) => right === 0).length;
        expect(curve.risk.at(-1)).toBeCloseTo(wrong / rows.length, 12);
        expect(curve.coverage.at(-1)).toBe(1);
        expect(riskCoverage(...columns(rows.toReversed()))).toEqual(curve);
      }),
    );
  });

  it("is 0 when all is right, 1 when all is wrong, and flat when all are equally confident", () => {
    expect(riskCoverage([0.9, 0.1], [1, 1]).area).toBe(0);
    expect(riskCoverage([0.9, 0.1], [0, 0]).area).toBe(1);
    expect(Array.from(riskCoverage([0.5, 0.5, 0.5, 0.5], [1, 0, 0, 1]).risk)).toEqual([0.5, 0.5, 0.5, 0.5]);
  });

  it("answers rows whose confidence is NaN last, and is NaN without rows", () => {
    expect(Array.from(riskCoverage([Number.NaN, 0.1], [0, 1]).risk)).toEqual([0, 0.5]);
    expect(riskCoverage([], []).area).toBeNaN();
    expect(() => riskCoverage([0.5], [])).toThrow("riskCoverage: confidence has 1 rows but correct has 0.");
  });
});

describe("log-loss against labels and votes", () => {
  it("agrees with scikit-learn and scipy", () => {
    expect(logLoss(truth, posterior, 4)).toBeCloseTo(expected.logLoss, 10);
    expect(voteLogLoss(votes, posterior, 4)).toBeCloseTo(expected.voteLogLoss, 10);
    expect(voteDivergence(votes, posterior, 4)).toBeCloseTo(expected.voteDivergence, 10);
  });

  it("is that of the labels when votes are one-hot", () => {
    const oneHot = truth.flatMap((label) => [0, 1, 2, 3].map((c) => (c === label ? 1 : 0)));
    expect(voteLogLoss(oneHot, posterior, 4)).toBeCloseTo(logLoss(truth, posterior, 4), 12);
    expect(voteDivergence(oneHot, posterior, 4)).toBeCloseTo(logLoss(truth, posterior, 4), 12);
  });

  it("has no divergence, and only the entropy of the votes left, when the posterior is the votes", () => {
    expect(voteDivergence(votes, votes, 4)).toBeCloseTo(0, 12);
    expect(voteLogLoss([0.5, 0.5], [0.5, 0.5], 2)).toBeCloseTo(Math.LN2, 12);
  });

  it("stays finite for an impossible answer, and is as bad for NaN", () => {
    expect(logLoss([0], [0, 1], 2)).toBeCloseTo(34.538776, 6);
    expect(logLoss([0], [Number.NaN, Number.NaN], 2)).toBeCloseTo(34.538776, 6);
  });

  it("refuses counts of raters, which would make it as many times larger", () => {
    expect(() => voteLogLoss([0.5, 0.5, 3, 7], [0.5, 0.5, 0.5, 0.5], 2)).toThrow(
      "voteLogLoss: expected each row of votes to sum to 1, but row 1 sums to 10.",
    );
  });

  it("leaves out rows without votes, and is NaN when none is left", () => {
    expect(voteLogLoss([0, 0, 1, 0], [0.5, 0.5, 0.25, 0.75], 2)).toBeCloseTo(Math.log(4), 12);
    expect(voteLogLoss([0, 0], [0.5, 0.5], 2)).toBeNaN();
    expect(logLoss([], [], 2)).toBeNaN();
  });

  it("says which sizes disagree", () => {
    expect(() => logLoss([0, 1], [1, 0], 2)).toThrow("logLoss: expected 2 rows of 2 probabilities, but got 2 probabilities.");
    expect(() => voteLogLoss([1, 0], [1, 0, 0], 2)).toThrow(
      "voteLogLoss: expected votes and posterior in rows of 2, but got 2 votes and 3 probabilities.",
    );
  });
});

describe("mostProbable", () => {
  it("gives the class, the smaller of equals, and its probability", () => {
    const { predicted, confidence: p } = mostProbable([0.2, 0.8, 0.5, 0.5, Number.NaN, Number.NaN], 2);
    expect(Array.from(predicted)).toEqual([1, 0, -1]);
    expect(Array.from(p)).toEqual([0.8, 0.5, Number.NaN]);
    expect(() => mostProbable([1, 0, 1], 2)).toThrow("mostProbable: 3 probabilities do not divide into rows of 2 classes.");
  });
});
