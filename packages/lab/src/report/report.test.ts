import { Embeddings, evaluate, Random } from "@semblant/core";
import type { LabeledImages } from "@semblant/datasets";
import { describe, expect, it } from "vitest";
import { html } from "../../../photos/src/sheets/html.ts";
import { riskCoverage, trainingCurve } from "./charts.ts";
import { namePlaces } from "./name-places.ts";
import { classPlane } from "./plane.ts";
import { report } from "./report.ts";

const classes = ["neutral", "happiness", "<surprise>"];

/** Made-up embeddings: three round clouds in 5 dimensions, whose class means lie along the first two. */
function clouds(rows: number, seed: number): Embeddings {
  const random = new Random(seed);
  const labels = Int32Array.from({ length: rows }, (_, i) => i % 3);
  const centers = [
    [0, 0],
    [6, 0],
    [0, 3],
  ];
  const values = new Float32Array(rows * 5);
  labels.forEach((label, i) => {
    for (let j = 0; j < 5; j++) values[i * 5 + j] = (centers[label]?.[j] ?? 0) + random.normal();
  });
  return new Embeddings(values, 5, { labels, classes, ids: Array.from(labels, (_, i) => `face ${i}`) });
}

/** A flat grey square a face, as bright as its row. */
function pictures(X: Embeddings): LabeledImages {
  const images = {
    count: X.rows,
    width: 4,
    height: 4,
    channels: 1,
    gather(rows: ArrayLike<number>, into: Uint8Array) {
      for (let k = 0; k < rows.length; k++) into.fill((rows[k] as number) % 256, k * 16, (k + 1) * 16);
    },
  };
  return { images, labels: X.labels as Int32Array, classes, ids: X.ids as readonly string[] };
}

const [train, test] = [clouds(90, 1), clouds(60, 2)];
const evaluation = evaluate(train, test, { bootstrap: 20 });
const steps = Array.from({ length: 30 }, (_, i) => ({
  step: i + 1,
  steps: 30,
  epoch: 1,
  epochs: 1,
  loss: 1 / (i + 1),
  learningRate: 0.001,
  imagesPerSecond: 100,
  secondsLeft: 0,
  ...(i % 10 === 9 && { validation: { metric: "neighbors", value: 50 + i, best: 50 + i, improved: true } }),
}));
const content = {
  title: "runs/1",
  lead: "What was measured.",
  protocol: { data: "clouds & more" },
  evaluation,
  steps,
  settings: { preset: "best", loss: { name: "sgm", sigma: 2 }, clip: null },
  test,
  images: { train: pictures(train), test: pictures(test) },
};

describe("the report", () => {
  it("is one file that asks nothing of anyone: no script, no link, no style beside the one its policy names", async () => {
    const page = await report(content);
    expect(page).toContain(`content="default-src 'none'; img-src data:; style-src 'sha256-`);
    expect(page.match(/<script|<link|\bsrc="(?!data:)|href="|url\(|@import|\bstyle="/g)).toBeNull();
  });

  it("shows the four numbers to take away, the charts, a strip for each class, and the settings", async () => {
    const page = await report(content);
    expect(page.match(/class="card tile"/g)).toHaveLength(4);
    expect(page.match(/<svg/g)).toHaveLength(3);
    expect(page.match(/class="strip"/g)?.length).toBeGreaterThanOrEqual(3);
    expect(page).toContain("<dt>loss.sigma</dt><dd>2</dd>");
    expect(page).toContain("<dt>clip</dt><dd>none</dd>");
    expect(page).toContain("This file holds copies of faces");
  });

  it("escapes what it is given", async () => {
    const page = await report(content);
    expect(page).not.toContain("<surprise>");
    expect(page).toContain("clouds &#38; more");
    expect(html`<p title="${'"'}">${["<", html`<br>`]}</p>`.html).toBe('<p title="&#34;">&#60;<br></p>');
  });

  it("takes its colours from the page, for light and dark alike", async () => {
    const page = await report(content);
    expect(page).toContain("prefers-color-scheme:dark");
    for (const svg of page.match(/<svg[\s\S]*?<\/svg>/g) ?? []) expect(svg.match(/(fill|stroke)="(#(?!fff)|black|rgb)/g)).toBeNull();
  });

  it("leaves out the training where there is no record of it", async () => {
    expect((await report({ ...content, steps: [] })).match(/<svg/g)).toHaveLength(2);
  });
});

describe("the plane of the classes", () => {
  it("keeps the distances between class means where they lie in a plane", () => {
    const { means } = classPlane(clouds(3000, 3), classes);
    const [a, b, c] = means.map(({ x, y }) => [x, y]) as [number[], number[], number[]];
    const distance = (p: number[], q: number[]) => Math.hypot((p[0] as number) - (q[0] as number), (p[1] as number) - (q[1] as number));
    expect(distance(a, b)).toBeCloseTo(6, 0);
    expect(distance(a, c)).toBeCloseTo(3, 0);
  });

  it("draws ellipses of about one and two standard deviations", () => {
    const { ellipses, means } = classPlane(clouds(3000, 3), classes);
    for (const sigma of [1, 2]) {
      const radii = ellipses
        .filter((point) => point.sigma === sigma && point.class === 0)
        .map(({ x, y }) => Math.hypot(x - (means[0]?.x ?? 0), y - (means[0]?.y ?? 0)));
      expect(Math.min(...radii)).toBeGreaterThan(0.9 * sigma);
      expect(Math.max(...radii)).toBeLessThan(1.1 * sigma);
    }
  });

  it("leaves out rows that are not finite, classes without rows, and stands in one dimension", () => {
    const X = new Embeddings(Float32Array.of(0, 1, Number.NaN, 5), 1, { labels: Int32Array.of(0, 0, 0, 1), classes });
    const { points, means, ellipses } = classPlane(X, classes);
    expect([points.length, means.length, ellipses.length]).toEqual([3, 2, 0]);
    expect(means.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
  });
});

describe("the charts", () => {
  it("let no name of a class cover another's, and leave alone what stood free", () => {
    const means = [
      { x: 0, y: 0, class: 0, name: "anger" },
      { x: 0.01, y: 0.01, class: 1, name: "disgust" },
      { x: 10, y: 10, class: 2, name: "happiness" },
    ];
    const points = [-20, 30].map((at) => ({ x: at, y: at, class: 0 }));
    const { names, domains } = namePlaces({ points, means, ellipses: [] }, { width: 430, height: 400 });
    const pixels = names.map(({ y }) => (400 * (y - domains.y[0])) / (domains.y[1] - domains.y[0]));
    expect((pixels[1] as number) - (pixels[0] as number)).toBeGreaterThan(16.9);
    expect(names.map(({ name }) => name)).toEqual(["anger", "disgust", "happiness"]);
    expect(names[0]?.x).toBeCloseTo(0, 9);
    expect(names[2]?.y).toBeCloseTo(10, 9);
    const one = namePlaces({ points: [], means: means.slice(0, 1), ellipses: [] }, { width: 430, height: 400 });
    expect(one.names).toEqual([{ x: 0, y: 0, name: "anger" }]);
  });

  it("thin long curves, so that a page stays small", async () => {
    const long = Array.from({ length: 50_000 }, (_, i) => ({ step: i + 1, loss: 1 / (i + 1) }));
    expect((await trainingCurve(long, "none")).length).toBeLessThan(40_000);
    expect((await riskCoverage(long.map(({ step }) => ({ coverage: step / 50_000, risk: 0.1 })))).length).toBeLessThan(20_000);
  });
});
