import { Random } from "@semblant/core";
import { Adam, autocast, grad, liveTensors, type Tensor, tensor, tidy } from "@semblant/torch";
import { describe, expect, it } from "vitest";
import { structuredGaussianManifold } from "./structured-gaussian-manifold.ts";

const worked = [
  [0, 0],
  [1, 0],
  [3, 0],
  [3, 2],
];
const workedLabels = Int32Array.of(0, 0, 1, 1);

/** Random embeddings (float64) of C classes in turn. */
function scattered(seed: number, rows = 12, C = 3, columns = 4): { Z: number[][]; labels: Int32Array } {
  const random = new Random(seed);
  return {
    Z: Array.from({ length: rows }, () => Array.from({ length: columns }, () => random.normal())),
    labels: Int32Array.from({ length: rows }, (_, i) => i % C),
  };
}

const double = (values: number[][], requiresGrad = false): Tensor => tensor(values, { dtype: "float64", requiresGrad });
const oneHot = (labels: Int32Array, C: number) =>
  double([...labels].map((label) => Array.from({ length: C }, (_, j) => Number(j === label))));

describe("structured Gaussian manifold loss", () => {
  it("gives the worked example of the paper's notes to seven digits, and its gradient", () => {
    const z = tensor(worked, { requiresGrad: true });
    const loss = structuredGaussianManifold({ sigma: 1 })(z, workedLabels);
    expect(Math.abs(loss.item() - 0.005978036022921) / 0.005978036022921).toBeLessThan(1e-6);
    const expected = [0.0039349372, 0.000150319, 0.0203564212, 0.0067189126, -0.0173469674, -0.0055151311, -0.0069443911, -0.0013541005];
    const gradient = grad(loss, [z])[0]?.data() as Float32Array;
    expected.forEach((value, k) => {
      expect(gradient[k]).toBeCloseTo(value, 7);
    });
    const precise = structuredGaussianManifold({ sigma: 1 })(double(worked), workedLabels).item();
    expect(precise).toBeCloseTo(0.005978036022921, 14);
    expect(structuredGaussianManifold({ sigma: 0.5 })(double(worked), workedLabels).item() / 3.180086e-9).toBeCloseTo(1, 6);
  });

  it("is near 0 when every embedding sits on its own class mean and the means are far apart", () => {
    const loss = structuredGaussianManifold()(
      tensor([
        [0, 0],
        [0, 0],
        [40, 0],
        [40, 0],
      ]),
      workedLabels,
    );
    expect(loss.item()).toBeLessThan(1e-12);
  });

  it("is exactly 1 − 1/C when all embeddings are one point, and its gradient there is zero", () => {
    for (const C of [2, 4, 8]) {
      const z = tensor(
        Array.from({ length: 2 * C }, () => [3, -1]),
        { requiresGrad: true },
      );
      const loss = structuredGaussianManifold()(
        z,
        Int32Array.from({ length: 2 * C }, (_, i) => i % C),
      );
      expect(loss.item()).toBe(1 - 1 / C);
      expect(Array.from(grad(loss, [z])[0]?.data() as Float32Array).every((value) => value === 0)).toBe(true);
    }
  });

  it("stays below 2", () => {
    const random = new Random(1);
    for (let trial = 0; trial < 30; trial++) {
      const { Z, labels } = scattered(trial, 12, 3, 2);
      const value = structuredGaussianManifold({ sigma: random.uniform(0.01, 2) })(
        double(Z.map((z) => z.map((x) => 5 * x))),
        random.shuffle(labels),
      );
      expect(value.item()).toBeGreaterThanOrEqual(0);
      expect(value.item()).toBeLessThan(2);
    }
  });

  it("does not change when all embeddings move or rotate together", () => {
    const { Z, labels } = scattered(2, 12, 3, 2);
    const loss = structuredGaussianManifold();
    const expected = loss(double(Z), labels).item();
    const [cos, sin] = [Math.cos(0.7), Math.sin(0.7)];
    const moved = Z.map(([x, y]) => [cos * (x as number) - sin * (y as number) + 5, sin * (x as number) + cos * (y as number) - 2]);
    expect(loss(double(moved), labels).item()).toBeCloseTo(expected, 12);
  });

  it("does not change when embeddings and sigma grow by the same factor", () => {
    const { Z, labels } = scattered(3);
    const expected = structuredGaussianManifold({ sigma: 0.8 })(double(Z), labels).item();
    const grown = double(Z.map((z) => z.map((x) => 2.5 * x)));
    expect(structuredGaussianManifold({ sigma: 2 })(grown, labels).item()).toBeCloseTo(expected, 12);
  });

  it("treats one-hot votes and class indices alike", () => {
    const { Z, labels } = scattered(4);
    const loss = structuredGaussianManifold();
    expect(loss(double(Z), oneHot(labels, 3)).item()).toBeCloseTo(loss(double(Z), labels).item(), 14);
  });

  it("follows votes between their one-hot ends", () => {
    // One doubtful embedding in the middle: votes for both are nearer to its posterior than either class alone.
    const Z = double([[-2], [2], [0]]);
    const known = (share: number) =>
      double([
        [1, 0],
        [0, 1],
        [share, 1 - share],
      ]);
    const loss = structuredGaussianManifold();
    const [one, half, other] = [1, 0.5, 0].map((share) => loss(Z, known(share)).item()) as [number, number, number];
    expect(half).toBeLessThan(one);
    expect(one).toBeCloseTo(other, 12);
    // By hand: both means are ±4/3, so that the rows at ±2 are sure up to 1 / (1 + e^(16/3)).
    const wrong = 1 / (1 + Math.exp(16 / 3));
    expect(half).toBeCloseTo((2 * 2 * wrong ** 2) / 3, 12);
  });

  it("counts an embedding whole in the mean of its most voted class, where asked to", () => {
    const Z = double([[-2], [2], [0]]);
    const known = double([
      [1, 0],
      [0, 1],
      [0.6, 0.4],
    ]);
    // By hand: the means are −1 and 2; squared distances differ by 15, 9 and 3.
    const [left, right, between] = [7.5, 4.5, 1.5].map((x) => 1 / (1 + Math.exp(-x))) as [number, number, number];
    const errors = 2 * ((1 - left) ** 2 + (1 - right) ** 2 + (between - 0.6) ** 2);
    expect(structuredGaussianManifold({ means: "labels" })(Z, known).item()).toBeCloseTo(errors / 3, 12);
    expect(structuredGaussianManifold()(Z, known).item()).not.toBeCloseTo(errors / 3, 3);
    // @ts-expect-error a word that is not one of them
    expect(() => structuredGaussianManifold({ means: "all" })).toThrow(
      'structuredGaussianManifold: expected means to be votes or labels, but got "all".',
    );
  });

  it("leaves out a class that the batch does not contain", () => {
    const { Z, labels } = scattered(5, 12, 2);
    const loss = structuredGaussianManifold();
    const withGap = labels.map((label) => 3 * label);
    expect(loss(double(Z), withGap).item()).toBeCloseTo(loss(double(Z), labels).item(), 14);
    const z = double(Z, true);
    const gradient = grad(loss(z, withGap), [z])[0]?.data() as Float64Array;
    expect(gradient.every(Number.isFinite)).toBe(true);
  });

  it("takes a sigma for each class: a narrow one claims little of the space between", () => {
    const Z = double([[0], [1], [4], [4.4]]);
    const value = structuredGaussianManifold({ sigma: [1, 2] })(Z, workedLabels).item();
    const density = (x: number, mu: number, sigma: number) => Math.exp(-((x - mu) ** 2) / (2 * sigma ** 2)) / sigma;
    const expected = [0, 1, 4, 4.4].map((x, i) => {
      const [p, q] = [density(x, 0.5, 1), density(x, 4.2, 2)];
      return 2 * ((i < 2 ? q : p) / (p + q)) ** 2;
    });
    expect(value).toBeCloseTo(expected.reduce((a, b) => a + b) / 4, 12);
    expect(structuredGaussianManifold({ sigma: [1.5, 1.5] })(Z, workedLabels).item()).toBeCloseTo(
      structuredGaussianManifold({ sigma: 1.5 })(Z, workedLabels).item(),
      12,
    );
  });

  it("weighs classes by their priors, of any scale", () => {
    const Z = double([[0], [0], [0], [0]]);
    const value = structuredGaussianManifold({ priors: [3, 1] })(Z, workedLabels).item();
    expect(value).toBeCloseTo((2 * 0.25 ** 2 + 2 * 0.75 ** 2) / 2, 12);
    expect(structuredGaussianManifold({ priors: [6, 2] })(Z, workedLabels).item()).toBeCloseTo(value, 12);
  });

  it("stays finite, with a gradient, for an embedding a thousand sigmas away", () => {
    // Both means are 1,000 away from every row: exp(−½ · 1000²) is 0 even in float64, its logarithm is not.
    const z = tensor(
      [
        [-1, 0],
        [0, 2000],
        [1, 0],
        [0.2, 2000],
      ],
      { requiresGrad: true },
    );
    const loss = structuredGaussianManifold()(z, workedLabels);
    const gradient = (grad(loss, [z])[0] as Tensor).data() as Float32Array;
    expect(loss.item()).toBeGreaterThan(0.01);
    expect(gradient.every(Number.isFinite)).toBe(true);
    expect(Math.hypot(...gradient)).toBeGreaterThan(0.01);
  });

  it("sums its gradient over the batch to zero", () => {
    const { Z, labels } = scattered(7);
    const z = double(Z, true);
    const sums = (grad(structuredGaussianManifold()(z, labels), [z])[0] as Tensor).sum(0).data() as Float64Array;
    for (const sum of sums) expect(sum).toBeCloseTo(0, 14);
  });

  it("lowers itself when one Adam step is taken", () => {
    const { Z, labels } = scattered(8);
    const z = tensor(Z, { requiresGrad: true });
    const loss = structuredGaussianManifold();
    const before = loss(z, labels);
    before.backward();
    new Adam([z], { learningRate: 0.01 }).step();
    expect(loss(z, labels).item()).toBeLessThan(before.item());
  });

  it("computes in float32 inside a bfloat16 training step", () => {
    const { Z, labels } = scattered(9, 40, 8, 16);
    const outside = structuredGaussianManifold({ sigma: 2 })(tensor(Z), labels);
    const inside = autocast("bfloat16", () => structuredGaussianManifold({ sigma: 2 })(tensor(Z), labels));
    expect(inside.dtype).toBe("float32");
    expect(inside.item()).toBe(outside.item());
    const half = structuredGaussianManifold()(tensor(Z).to("bfloat16"), labels);
    expect(half.dtype).toBe("float32");
  });

  it("leaves no tensor behind but its value", () => {
    const { Z, labels } = scattered(10);
    const z = tensor(Z);
    const before = liveTensors();
    const value = tidy(() => structuredGaussianManifold({ sigma: [1, 2, 3], priors: [1, 2, 3] })(z, labels));
    expect(liveTensors()).toBe(before + 1);
    value.dispose();
  });

  it("says which option is wrong when sigma is 0, negative or not a number", () => {
    for (const sigma of [0, -1, Number.NaN]) {
      expect(() => structuredGaussianManifold({ sigma })).toThrow(
        `structuredGaussianManifold: expected sigma to be a number above 0, but got ${sigma}.`,
      );
    }
    expect(() => structuredGaussianManifold({ sigma: [1, 0] })).toThrow(
      "structuredGaussianManifold: expected sigma to be numbers above 0, but got 0.",
    );
    expect(() => structuredGaussianManifold({ priors: [1, -2] })).toThrow(
      "structuredGaussianManifold: expected priors to be numbers above 0, but got -2.",
    );
    expect(() => structuredGaussianManifold({ sigma: [1, 1, 1], priors: [1, 2] })).toThrow(
      "structuredGaussianManifold: expected priors to be one number for each of the 3 sigmas, but got [1,2].",
    );
    // @ts-expect-error a name that is not an option
    expect(() => structuredGaussianManifold({ sgima: 1 })).toThrow(
      'structuredGaussianManifold: unknown option "sgima"; did you mean "sigma"?',
    );
  });

  it("says both counts when embeddings and labels disagree", () => {
    const loss = structuredGaussianManifold();
    expect(() => loss(tensor(worked), Int32Array.of(0, 1, 1))).toThrow(
      "structuredGaussianManifold: embeddings has 4 rows but labels has 3; each row needs one label.",
    );
    expect(() => loss(tensor([1, 2]), Int32Array.of(0, 1))).toThrow(
      "structuredGaussianManifold: expected embeddings to be (batch, dimensions), but got (2).",
    );
  });

  it("names a label that has no class", () => {
    expect(() => structuredGaussianManifold()(tensor(worked), Int32Array.of(0, 0, -1, 1))).toThrow(
      "structuredGaussianManifold: expected labels from 0 to 1, but got -1.",
    );
    const two = structuredGaussianManifold({ sigma: [1, 2] });
    expect(() => two(tensor(worked), Int32Array.of(0, 0, 1, 2))).toThrow(
      "structuredGaussianManifold: expected labels from 0 to 1, but got 2.",
    );
    expect(() =>
      two(
        tensor(worked),
        tensor([
          [1, 0, 0],
          [1, 0, 0],
          [0, 1, 0],
          [0, 1, 0],
        ]),
      ),
    ).toThrow("structuredGaussianManifold: expected votes over 2 classes, but got 3.");
  });
});
