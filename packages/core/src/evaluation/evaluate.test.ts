import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { oracle, oracleTest, oracleTrain } from "../fixtures/oracle.ts";
import { Random } from "../random.ts";
import { compare } from "./compare.ts";
import { type Evaluation, evaluate } from "./evaluate.ts";
import { listNeighbors } from "./list-neighbors.ts";
import { summary } from "./summary.ts";

const classes = ["neutral", "happiness", "surprise"];

/** Three classes around the corners of a triangle, `spread` wide. */
function triangle(rows: number, seed: number, spread = 1): Embeddings {
  const random = new Random(seed);
  const labels = Int32Array.from({ length: rows }, (_, i) => i % 3);
  const values = Float32Array.from({ length: rows * 2 }, (_, j) => {
    const label = labels[Math.floor(j / 2)] as number;
    return (label === 1 + (j % 2) ? 4 : 0) + random.normal(0, spread);
  });
  const votes = Float32Array.from({ length: rows * 3 }, (_, j) => (labels[Math.floor(j / 3)] === j % 3 ? 0.8 : 0.1));
  return new Embeddings(values, 2, { labels, votes, classes });
}

const one = evaluate(triangle(150, 1), triangle(90, 2), { bootstrap: 200 });

describe("evaluate", () => {
  it("classifies as scikit-learn's 11 nearest neighbours do", () => {
    const { metrics, predicted } = evaluate(oracleTrain, oracleTest, { bootstrap: 0 });
    const [expected] = oracle.classification;
    expect(Array.from(predicted)).toEqual(oracle.knn.predicted);
    expect(metrics.accuracy.value).toBeCloseTo(100 * (expected?.accuracy as number), 10);
    expect(metrics.macroF1.value).toBeCloseTo(100 * (expected?.macro.f1 as number), 10);
  });

  it("asks each row of the others, where the training rows are the test rows", () => {
    const X = triangle(60, 3);
    const all = evaluate(X, X, { k: 3, bootstrap: 0, sigma: 1, leaveOneOut: true });
    const each = Array.from({ length: 60 }, (_, i) => {
      const others = X.take([...Array(60).keys()].filter((row) => row !== i));
      return evaluate(others, X.take([i, i]), { k: 3, bootstrap: 0, sigma: 1, ks: [] });
    });
    expect([...all.predicted]).toEqual(each.map(({ predicted }) => predicted[0]));
    expect([...all.outcomes.gaussian.predicted]).toEqual(each.map(({ outcomes }) => outcomes.gaussian.predicted[0]));
    expect(all.settings.leaveOneOut).toBe(true);
    expect(evaluate(X, X, { k: 1, bootstrap: 0 }).metrics.accuracy.value).toBe(100); // each is its own nearest
    expect(() => evaluate(triangle(60, 4), X, { leaveOneOut: true })).toThrow(
      "evaluate: leaveOneOut needs train and test to be the same rows, but they are 60 and 60 others.",
    );
  });

  it("has every metric the protocol names, in percent or nats, each inside its interval but for the biased ones", () => {
    const ks = [1, 2, 4, 8, 16, 32];
    const fixed = "accuracy macroPrecision macroRecall macroF1 paperF1 nmi ami pairwiseF1 seededNmi mapAtR rPrecision mrr gaussianAccuracy";
    expect(Object.keys(one.metrics)).toEqual([
      ...`${fixed} ece adaptiveEce aurc logLoss`.split(" "),
      ...ks.map((K) => `recallAt${K}`),
      ...ks.map((K) => `precisionAt${K}`),
      ...ks.map((K) => `accuracyAt${K}`),
      "voteLogLoss",
      "voteDivergence",
    ]);
    for (const [name, { value, low, high }] of Object.entries(summary(one).metrics)) {
      if (name.toLowerCase().endsWith("ece")) continue; // calibration errors grow when rows are drawn twice
      expect(value).toBeGreaterThanOrEqual(low);
      expect(value).toBeLessThanOrEqual(high);
    }
    expect(one.metrics.accuracy.value).toBeGreaterThan(90);
    expect(one.metrics.nmi.value).toBeGreaterThan(70);
  });

  it("reports each class with its support", () => {
    expect(one.perClass.map(({ name, support }) => [name, support])).toEqual([
      ["neutral", 30],
      ["happiness", 30],
      ["surprise", 30],
    ]);
    const recalls = one.perClass.map(({ recall }) => recall.value);
    expect(recalls.reduce((sum, recall) => sum + recall, 0) / 3).toBeCloseTo(one.metrics.macroRecall.value, 10);
  });

  it("keeps what pictures need: neighbours among training and test rows, posterior, clusters, curve", () => {
    expect(one.neighbors.train.rows.length).toBe(90 * 11);
    expect(one.neighbors.test.rows.length).toBe(90 * 32);
    expect(one.neighbors.test.excludesSelf).toBe(true);
    expect(one.posterior.length).toBe(90 * 3);
    expect(new Set(one.clusters).size).toBe(3);
    expect(one.riskCoverage.risk.at(-1)).toBeCloseTo(1 - one.metrics.gaussianAccuracy.value / 100, 10);
  });

  it("gives the same for the same seed, and moves its intervals with another", () => {
    const again = evaluate(triangle(150, 1), triangle(90, 2), { bootstrap: 200 });
    expect(again.metrics).toEqual(one.metrics);
    const other = evaluate(triangle(150, 1), triangle(90, 2), { bootstrap: 200, seed: 1 });
    expect(other.metrics.accuracy.value).toBe(one.metrics.accuracy.value);
    expect(other.metrics.aurc).not.toEqual(one.metrics.aurc);
  });

  it("does not depend on the order of the test rows, but for the draws", () => {
    const order = new Random(3).permutation(90);
    const shuffled = evaluate(triangle(150, 1), triangle(90, 2).take(order), { bootstrap: 0 });
    for (const name of ["accuracy", "paperF1", "recallAt1", "accuracyAt32", "ece", "aurc", "voteLogLoss", "nmi"] as const) {
      expect(shuffled.metrics[name]?.value).toBeCloseTo(one.metrics[name]?.value as number, 8);
    }
  });

  it("measures a head's posterior beside the Gaussians'", () => {
    const test = triangle(90, 2);
    const head = Float32Array.from({ length: 270 }, (_, j) => (test.labels?.[Math.floor(j / 3)] === j % 3 ? 1 : 0));
    const { metrics } = evaluate(triangle(150, 1), test, { head, bootstrap: 0 });
    expect(metrics.headAccuracy?.value).toBe(100);
    expect(metrics.headPaperF1?.value).toBe(100);
    expect([metrics.headEce?.value, metrics.headAurc?.value]).toEqual([0, 0]);
    expect(metrics.headLogLoss?.value).toBeCloseTo(0, 12);
  });

  it("leaves out K beyond the test rows, and vote losses without votes", () => {
    const bare = new Embeddings(triangle(6, 4).values, 2, { labels: Int32Array.of(0, 1, 2, 0, 1, 2) });
    const { metrics, settings, classes: names } = evaluate(bare, bare, { k: 1, bootstrap: 5 });
    expect(settings.ks).toEqual([1, 2, 4]);
    expect(metrics.recallAt8).toBeUndefined();
    expect(metrics.voteLogLoss).toBeUndefined();
    expect(names).toEqual(["0", "1", "2"]);
  });

  it("measures a set of one class, and one collapsed to a point given a sigma", () => {
    const X = new Embeddings(Float32Array.of(1, 2, 3, 4), 1, { labels: new Int32Array(4), classes });
    const { metrics } = evaluate(X, X, { k: 1, bootstrap: 3 });
    expect([metrics.accuracy.value, metrics.nmi.value, metrics.recallAt1?.value]).toEqual([100, 100, 100]);
    const point = new Embeddings(new Float32Array(6), 1, { labels: Int32Array.of(0, 1, 2, 0, 1, 2), classes });
    const collapsed = evaluate(point, point, { k: 6, bootstrap: 3, sigma: 1 });
    expect(collapsed.metrics.accuracy.value).toBeCloseTo(100 / 3, 10);
    expect(collapsed.metrics.nmi.value).toBe(0);
  });

  it("says what is wrong with rows, labels, classes, head and options", () => {
    const X = triangle(30, 5);
    const bad = X.take([...Array(30).keys()]);
    bad.values.set([Number.NaN, Number.NaN, 0, Infinity], 8);
    const other = new Embeddings(X.values, 2, { labels: X.labels as Int32Array, classes: ["a", "b", "c"] });
    expect(() => evaluate(X, bad)).toThrow(
      "evaluate: expected finite values in test, but 2 of 30 rows hold NaN or an infinite value, first row 4.",
    );
    expect(() => evaluate(new Embeddings(X.values, 2), X)).toThrow("evaluate: expected train to have labels, but it has none.");
    expect(() => evaluate(X, X.take([]))).toThrow("evaluate: expected at least 2 rows in test, but got 0.");
    expect(() => evaluate(X, oracleTest)).toThrow("evaluate: train has 2 columns but test has 6.");
    expect(() => evaluate(X, other)).toThrow(
      "evaluate: expected train and test to have the same classes, but got neutral, happiness, surprise and a, b, c.",
    );
    expect(() => evaluate(X, X, { head: new Float32Array(5) })).toThrow(
      "evaluate: expected head to hold 30 rows of 3 probabilities, but got 5 probabilities.",
    );
    expect(() => evaluate(X, X, { head: new Float32Array(90).fill(Number.NaN) })).toThrow(
      "evaluate: expected head to hold probabilities, but row 0 holds NaN.",
    );
    expect(() => evaluate(X, X, { boostrap: 5 } as object)).toThrow('evaluate: unknown option "boostrap"; did you mean "bootstrap"?');
    expect(() => evaluate(X, X, { k: 31 })).toThrow("findNeighbors: expected k to be at most the 30 rows of the gallery, but got 31.");
    expect(() => evaluate(X, X, { ks: [0] })).toThrow("evaluate: expected ks to be whole numbers above 0, but got [0].");
  });
});

describe("retrieval", () => {
  const labels = Int32Array.of(0, 0, 1, 1, 1);
  const gallery = new Embeddings(Float32Array.of(0, 1, 5, 6, 2), 1, { labels, classes, ids: ["a", "b", "c", "d", "e"] });
  const queries = new Embeddings(Float32Array.of(0.2, 5.1, 3.4, 9), 1, { labels: Int32Array.of(0, 1, 0, 2), classes, ids: [..."qrst"] });

  it("ranks by the distances: worked by hand among five rows", () => {
    const { metrics, perClass } = evaluate(gallery, gallery, { k: 1, bootstrap: 0, leaveOneOut: true });
    // a: b | b: a, e (equally far: the smaller row number) | c: d, e, b, a | d: c, e, b, a | e: b, a, c, d
    expect(metrics.rPrecision.value).toBeCloseTo((100 * (1 + 1 + 1 + 1 + 0)) / 5, 10);
    expect(metrics.mapAtR.value).toBeCloseTo((100 * (1 + 1 + 1 + 1 + 0)) / 5, 10);
    expect(metrics.mrr.value).toBeCloseTo((100 * (1 + 1 + 1 + 1 + 1 / 3)) / 5, 10);
    expect(metrics.precisionAt2?.value).toBeCloseTo((100 * (0.5 + 0.5 + 1 + 1 + 0)) / 5, 10);
    expect(metrics.precisionAt2).toEqual(metrics.accuracyAt2);
    expect(perClass.map(({ retrieval }) => retrieval.rPrecision.value)).toEqual([100, expect.closeTo(200 / 3, 10), Number.NaN]);
    expect(perClass[1]?.retrieval.mrr.value).toBeCloseTo((100 * (1 + 1 + 1 / 3)) / 3, 10);
    expect(perClass[1]?.retrieval.precisionAt1?.value).toBeCloseTo((100 * 2) / 3, 10);
  });

  it("asks queries of the training rows as their gallery, and says which classes are not there", () => {
    const { metrics, unfindable, neighbors, settings } = evaluate(gallery, queries, { k: 1, bootstrap: 0, retrieval: "train" });
    // q: a, b, e, c, d | r: c, d, e, b, a | s: e, c, b, d, a | t has nobody
    expect(metrics.mapAtR.value).toBeCloseTo((100 * (1 + 1 + 0)) / 3, 10);
    expect(metrics.mrr.value).toBeCloseTo((100 * (1 + 1 + 1 / 3)) / 3, 10);
    expect(metrics.recallAt4?.value).toBe(100);
    expect([unfindable, settings.ks, settings.retrieval]).toEqual([[{ name: "surprise", rows: 1 }], [1, 2, 4], "train"]);
    expect(listNeighbors(neighbors.test, gallery, 2)[2]).toEqual([
      { id: "e", label: "happiness", distance: expect.closeTo(1.4, 5) },
      { id: "c", label: "happiness", distance: expect.closeTo(1.6, 5) },
    ]);
  });

  it("asks queries that stand in the gallery of its other rows, as neighbours and as Gaussians", () => {
    const all = evaluate(gallery, gallery, { k: 1, bootstrap: 0, sigma: 1, leaveOneOut: true });
    const itself = Int32Array.of(1, 4);
    const some = evaluate(gallery, gallery.take(itself), { k: 1, bootstrap: 0, sigma: 1, ks: [], retrieval: "train", itself });
    expect([...some.predicted]).toEqual([all.predicted[1], all.predicted[4]]);
    expect([...some.posterior]).toEqual([...all.posterior.subarray(3, 6), ...all.posterior.subarray(12, 15)]);
    expect(some.outcomes.ranked.reciprocalRank[1]).toBe(all.outcomes.ranked.reciprocalRank[4]);
  });

  it("keeps as many neighbours as are asked for, as far as there are any", () => {
    const { neighbors, predicted } = evaluate(gallery, queries, { k: 1, ks: [1], bootstrap: 0, keep: 4 });
    expect([neighbors.train.k, neighbors.test.k]).toEqual([4, 3]);
    expect([...predicted]).toEqual([...evaluate(gallery, queries, { k: 1, bootstrap: 0 }).predicted]);
    expect(() => listNeighbors(neighbors.train, gallery, 5)).toThrow(
      "listNeighbors: expected k to be a whole number from 1 to the 4 found, but got 5.",
    );
  });

  it("says what is wrong with its options", () => {
    expect(() => evaluate(gallery, queries, { retrieval: "all" as "test" })).toThrow(
      'evaluate: expected retrieval to be test or train, but got "all".',
    );
    expect(() => evaluate(gallery, gallery, { leaveOneOut: true, itself: Int32Array.of(0, 1, 2, 3, 4) })).toThrow(
      "evaluate: expected leaveOneOut or itself, but got both.",
    );
    expect(() => evaluate(gallery, queries, { keep: -1 })).toThrow("evaluate: expected keep to be a whole number from 0, but got -1.");
  });
});

describe("summary", () => {
  it("survives JSON, with the confusion matrix by rows and the curve at each percent", () => {
    const parsed = JSON.parse(JSON.stringify(summary(one)));
    expect(parsed.metrics.accuracy.value).toBe(one.metrics.accuracy.value);
    expect(parsed.confusion.flat()).toEqual(Array.from(one.confusion.counts));
    expect(parsed.riskCoverage.length).toBe(90);
    expect(parsed.riskCoverage.at(-1).coverage).toBe(1);
    expect(parsed.settings).toMatchObject({ k: 11, seed: 0, bootstrap: 200 });
  });
});

describe("compare", () => {
  const other = (spread: number): Evaluation => {
    const train = triangle(150, 1, spread);
    return evaluate(train, triangle(90, 2, spread), { bootstrap: 0 });
  };

  it("finds no difference between an evaluation and itself", () => {
    const { differences, mcnemar } = compare(one, one, { bootstrap: 50 });
    expect(mcnemar.accuracy).toEqual({ onlyFirst: 0, onlySecond: 0, p: 1 });
    for (const difference of Object.values(differences)) expect(difference).toEqual({ value: 0, low: 0, high: 0, p: 1 });
  });

  it("sees that narrower classes are told apart better, by every kind of metric", () => {
    const { differences, mcnemar } = compare(one, other(3), { bootstrap: 200 });
    for (const name of ["accuracy", "nmi", "recallAt1", "gaussianAccuracy"] as const) {
      expect(differences[name]?.low).toBeGreaterThan(0);
      expect(differences[name]?.p).toBeLessThan(0.05);
    }
    expect(differences.accuracy.p).toBe(mcnemar.accuracy.p);
    expect(differences.accuracy.value).toBeCloseTo((100 * (mcnemar.accuracy.onlyFirst - mcnemar.accuracy.onlySecond)) / 90, 10);
  });

  it("refuses evaluations of other rows", () => {
    const shorter = evaluate(triangle(150, 1), triangle(60, 2), { bootstrap: 0 });
    expect(() => compare(one, shorter)).toThrow(
      "compare: expected evaluations of the same test rows, but the first has 90 and the second 60.",
    );
    const shifted = evaluate(triangle(150, 1), triangle(90, 2).take(Int32Array.from({ length: 90 }, (_, i) => (i + 1) % 90)), {
      bootstrap: 0,
    });
    expect(() => compare(one, shifted)).toThrow(
      "compare: expected evaluations of the same test rows, but row 0 is neutral in the first and happiness in the second.",
    );
  });
});
