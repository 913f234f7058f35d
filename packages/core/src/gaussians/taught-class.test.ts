import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { Random } from "../random.ts";
import { fitGaussians } from "./fit.ts";
import { addTaught, logDensityOfTaught, teachClass } from "./taught-class.ts";

const columns = 16;
/** Rows around a corner of the cube. */
function cloud(corner: number, rows: number, random: Random): Embeddings {
  const values = Float32Array.from({ length: rows * columns }, (_, j) => (j % columns === corner ? 5 : 0) + random.normal());
  return new Embeddings(values, columns);
}

function withLabels(parts: readonly Embeddings[]): Embeddings {
  const values = Float32Array.from(parts.flatMap((part) => Array.from(part.values)));
  return new Embeddings(values, columns, {
    labels: Int32Array.from(parts.flatMap((part, label) => Array.from({ length: part.rows }, () => label))),
  });
}

describe("a taught class", () => {
  const random = new Random(5);
  const model = fitGaussians(withLabels([cloud(0, 400, random), cloud(1, 400, random)]), { sigma: 1 });
  const asked = cloud(2, 400, random);
  const recall = (examples: number) => {
    let found = 0;
    for (let repetition = 0; repetition < 20; repetition++) {
      const taught = teachClass(cloud(2, examples, new Random(repetition)), { spread: columns });
      const { posterior } = addTaught(model.answer(asked), [logDensityOfTaught(asked, taught, { sigma: 1 })], { classes: 2 });
      for (let i = 0; i < asked.rows; i++) found += (posterior[3 * i + 2] as number) > 0.5 ? 1 : 0;
    }
    return found / 20 / asked.rows;
  };

  it("is found from one example nearly as often as from fifty, since its mean's error is taken off", () => {
    expect(recall(50)).toBeGreaterThan(0.98);
    expect(recall(1)).toBeGreaterThan(0.85);
  });

  it("would not be without that: the same example as if its mean were known", () => {
    const { mean } = teachClass(cloud(2, 1, new Random(1)), { spread: columns });
    const naive = logDensityOfTaught(asked, { mean, count: Infinity, spread: columns }, { sigma: 1 });
    const fair = logDensityOfTaught(asked, { mean, count: 1, spread: columns }, { sigma: 1 });
    expect((fair[0] as number) - (naive[0] as number)).toBeCloseTo(columns / 2, 9);
  });

  it("is the model's own Gaussian when it is taught all of a class's rows", () => {
    const rows = cloud(0, 5000, new Random(3));
    const taught = teachClass(rows, { spread: columns });
    const alone = fitGaussians(new Embeddings(rows.values, columns, { labels: new Int32Array(5000) }), { sigma: 1 });
    const [ours, theirs] = [logDensityOfTaught(asked, taught, { sigma: 1 }), alone.logDensity(asked)];
    for (let i = 0; i < asked.rows; i++) expect(ours[i]).toBeCloseTo(theirs[i] as number, 1);
    expect(taught.spread).toBeCloseTo(columns, 0);
  });

  it("leaves the model's classes at their odds, and sums to 1", () => {
    const number = fc.double({ min: -500, max: 500, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), number, number, number, (p, density, first, second) => {
        const known = { posterior: [p, 1 - p], logDensity: [density] };
        const { posterior, logDensity } = addTaught(known, [[first], [second]], { classes: 2 });
        expect(posterior.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
        expect((posterior[0] as number) * (1 - p)).toBeCloseTo((posterior[1] as number) * p, 9);
        expect(logDensity[0]).toBeGreaterThanOrEqual(Math.max(Math.log(2) + density, first, second) - Math.log(4) - 1e-9);
      }),
    );
  });

  it("changes nothing when there is none", () => {
    const { posterior, logDensity } = addTaught({ posterior: [0.25, 0.75], logDensity: [-3] }, [], { classes: 2 });
    expect([...posterior, ...logDensity]).toEqual([0.25, 0.75, -3]);
  });

  it("says what it cannot be made of", () => {
    expect(() => teachClass(new Embeddings(new Float32Array(0), 2), { spread: 1 })).toThrow(
      "teachClass: expected at least 1 row, but got 0.",
    );
    expect(() => teachClass(asked, { spread: 0 })).toThrow("teachClass: expected spread to be a number above 0, but got 0.");
    expect(() => logDensityOfTaught(asked, { mean: new Float64Array(2), count: 1, spread: 1 }, { sigma: 1 })).toThrow(
      "logDensityOfTaught: X has 16 columns but the mean has 2.",
    );
    expect(() => addTaught({ posterior: [1], logDensity: [0] }, [[0, 1]], { classes: 1 })).toThrow(
      "addTaught: expected 1 rows of 1 classes, and of each taught class, but got others.",
    );
  });
});
