import { readdirSync, readFileSync } from "node:fs";
import { Random } from "@semblant/core";
import { grad, seed, type Tensor, tensor } from "@semblant/torch";
import { describe, expect, it } from "vitest";
import { createLoss, lossDeclarations } from "../catalog/losses.ts";
import { arcFace } from "./arcface.ts";
import { contrastive } from "./contrastive.ts";
import { liftedStructure } from "./lifted-structure.ts";
import { type Labels, type Loss, makeLoss } from "./loss.ts";
import { nPair } from "./n-pair.ts";
import { proxyAnchor } from "./proxy-anchor.ts";
import { structuredGaussianManifold } from "./structured-gaussian-manifold.ts";
import { supervisedContrastive } from "./supervised-contrastive.ts";
import { triplet } from "./triplet.ts";

const [rows, columns, classes] = [12, 5, 3];
const random = new Random(11);
const values = Float64Array.from({ length: rows * columns }, () => random.normal());
const indices = Int32Array.from({ length: rows }, (_, i) => i % classes);
const parts = Float64Array.from({ length: rows * classes }, () => random.uniform(0.1, 1));
const sumOf = (row: number) => parts.subarray(row * classes, (row + 1) * classes).reduce((sum, part) => sum + part, 0);
const votes = tensor(
  parts.map((part, i) => part / sumOf(Math.floor(i / classes))),
  { shape: [rows, classes] },
);

/** A loss of a logit a class, taken of the first columns. */
const ofLogits = (loss: Loss): Loss =>
  makeLoss({ name: loss.name, settings: loss.settings }, (Z, labels) => loss(Z.slice(1, 0, classes), labels));

/** Every loss as settings name it, with its own options. */
const named = (name: string): Loss => createLoss({ name }, { dimensions: columns, classes, random: new Random(3) });

/** Losses with further options, by the names that settings give them. */
const further: Readonly<Record<string, readonly (() => Loss)[]>> = {
  sgm: [
    () => structuredGaussianManifold({ sigma: 2 }),
    () => structuredGaussianManifold({ sigma: [0.5, 1, 2], priors: [1, 2, 3] }),
    () => structuredGaussianManifold({ leaveOneOut: true }),
    () => structuredGaussianManifold({ sigma: [0.5, 1, 2], priors: [1, 2, 3], means: "labels", leaveOneOut: true }),
  ],
  triplet: [
    () => triplet({ mining: "given", margin: 2, regularizer: 0.01 }),
    () => triplet({ mining: "semi-hard" }),
    () => triplet({ mining: "batch-hard", regularizer: 0.001 }),
    () => triplet({ mining: "distance-weighted", random: new Random(4) }),
  ],
  contrastive: [() => contrastive({ margin: 2, positiveMargin: 0.5, normalize: false })],
  "lifted-structure": [() => liftedStructure({ normalize: false, positiveMargin: 0.1 })],
  "supervised-contrastive": [() => supervisedContrastive({ temperature: 0.5 })],
  "n-pair": [() => nPair({ regularizer: 0.1 }), () => nPair({ normalize: true })],
  "proxy-anchor": [() => proxyAnchor(columns, classes, { margin: 0.2, scale: 4 })],
  arcface: [() => arcFace(columns, classes, { scale: 8 }), () => arcFace(columns, classes, { margin: 120, scale: 4 })],
};

/** A loss of logits is given as many columns as there are classes. */
const fitted = (make: () => Loss, head: "classes" | undefined) => (head === "classes" ? () => ofLogits(make()) : make);

const examples = [...lossDeclarations.values()].map(({ name, head, holdsWeights }) => ({
  name,
  holdsWeights,
  makers: [() => named(name), ...(further[name] ?? [])].map((make) => fitted(make, head)),
}));

const embeddings = (at: Float64Array, requiresGrad = false): Tensor => tensor(at, { shape: [rows, columns], requiresGrad });

const h = 1e-5;

/** A loss made anew for each value, so that what it draws at random is the same. */
function valueAt(make: () => Loss, at: Float64Array, labels: Labels): number {
  seed(5);
  return make()(embeddings(at), labels).item();
}

describe("losses", () => {
  it("are those that the folder's files declare", () => {
    const names = examples.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(["arcface", "contrastive", "cross-entropy", "lifted-structure", "n-pair", "proxy-anchor"]),
    );
    expect(names).toEqual(expect.arrayContaining(["sgm", "softmax", "supervised-contrastive", "triplet"]));
    const files = readdirSync(import.meta.dirname).filter((file) => /^[\w-]+\.ts$/.test(file));
    expect(files.filter((file) => /^export default /m.test(readFileSync(`${import.meta.dirname}/${file}`, "utf8")))).toHaveLength(
      names.length,
    );
  });

  it("check their own gradient where it is not that of their value", () => {
    for (const { name } of examples.filter(({ holdsWeights }) => holdsWeights)) {
      expect(readFileSync(`${import.meta.dirname}/${name}.test.ts`, "utf8")).toContain("finite differences");
    }
  });

  for (const { name: file, makers } of examples.filter(({ holdsWeights }) => !holdsWeights)) {
    for (const make of makers) {
      const { name, settings } = make();
      for (const labels of [indices, votes]) {
        const known = labels === indices ? "class indices" : "votes";
        it(`have the gradient that finite differences give: ${file}, ${JSON.stringify(settings)}, ${known}`, () => {
          seed(5);
          const z = embeddings(values, true);
          const gradient = grad(make()(z, labels), [z])[0]?.data() as Float64Array;
          const moved = (k: number, by: number) => valueAt(make, values.with(k, (values[k] as number) + by), labels);
          for (let k = 0; k < values.length; k++) {
            // Five points: what is left out is of the fourth order.
            const slope = (8 * (moved(k, h) - moved(k, -h)) - (moved(k, 2 * h) - moved(k, -2 * h))) / (12 * h);
            expect(Math.abs((gradient[k] as number) - slope)).toBeLessThan(1e-7 * Math.max(1, Math.abs(slope)));
          }
          expect(Math.hypot(...gradient)).toBeGreaterThan(1e-3);
          expect(name).not.toBe("");
        });
      }
    }
  }

  it("carry a name and settings that JSON can hold", () => {
    const loss = structuredGaussianManifold({ sigma: 2 });
    expect(loss.name).toBe("structuredGaussianManifold");
    expect(JSON.parse(JSON.stringify(loss.settings))).toEqual({ sigma: 2, priors: "equal", means: "votes", leaveOneOut: false });
  });
});
