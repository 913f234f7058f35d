import { readdirSync } from "node:fs";
import { Random } from "@semblant/core";
import { grad, seed, type Tensor, tensor } from "@semblant/torch";
import { describe, expect, it } from "vitest";
import { arcFace } from "./arcface.ts";
import { contrastive } from "./contrastive.ts";
import { crossEntropyLoss } from "./cross-entropy.ts";
import { liftedStructure } from "./lifted-structure.ts";
import { type Labels, type Loss, makeLoss } from "./loss.ts";
import { nPair } from "./n-pair.ts";
import { proxyAnchor } from "./proxy-anchor.ts";
import { softmaxHead } from "./softmax.ts";
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

/** Losses to check, by the file that holds them: a new file here needs a line, or the first test fails. */
const examples: Record<string, (() => Loss)[]> = {
  "structured-gaussian-manifold.ts": [
    () => structuredGaussianManifold(),
    () => structuredGaussianManifold({ sigma: 2 }),
    () => structuredGaussianManifold({ sigma: [0.5, 1, 2], priors: [1, 2, 3] }),
    () => structuredGaussianManifold({ leaveOneOut: true }),
    () => structuredGaussianManifold({ sigma: [0.5, 1, 2], priors: [1, 2, 3], means: "labels", leaveOneOut: true }),
  ],
  "triplet.ts": [
    () => triplet({ mining: "given", margin: 2, regularizer: 0.01 }),
    () => triplet({ mining: "random", random: new Random(3) }),
    () => triplet({ mining: "semi-hard" }),
    () => triplet({ mining: "batch-hard", regularizer: 0.001 }),
    () => triplet({ mining: "distance-weighted", random: new Random(4) }),
  ],
  "contrastive.ts": [() => contrastive(), () => contrastive({ margin: 2, positiveMargin: 0.5, normalize: false })],
  "lifted-structure.ts": [() => liftedStructure(), () => liftedStructure({ normalize: false, positiveMargin: 0.1 })],
  "supervised-contrastive.ts": [() => supervisedContrastive(), () => supervisedContrastive({ temperature: 0.5 })],
  "n-pair.ts": [() => nPair({ regularizer: 0.1 }), () => nPair({ normalize: true })],
  "proxy-anchor.ts": [() => proxyAnchor(columns, classes), () => proxyAnchor(columns, classes, { margin: 0.2, scale: 4 })],
  "arcface.ts": [() => arcFace(columns, classes, { scale: 8 }), () => arcFace(columns, classes, { margin: 120, scale: 4 })],
  "cross-entropy.ts": [() => ofLogits(crossEntropyLoss(classes))],
  "softmax.ts": [() => softmaxHead(columns, classes)],
};
/** Parts of losses; and the memory around a loss, whose gradient leaves out what it remembers: its own test checks it. */
const notLosses = [
  "cross-batch-memory.ts",
  "distributions.ts",
  "draws.ts",
  "labels.ts",
  "loss-settings.ts",
  "loss.ts",
  "mining.ts",
  "pairs.ts",
  "proxies.ts",
];

const embeddings = (at: Float64Array, requiresGrad = false): Tensor => tensor(at, { shape: [rows, columns], requiresGrad });

/** A loss made anew for each value, so that what it draws at random is the same. */
function valueAt(make: () => Loss, at: Float64Array, labels: Labels): number {
  seed(5);
  return make()(embeddings(at), labels).item();
}

describe("losses", () => {
  it("are all checked here", () => {
    const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
    expect(files.sort()).toEqual([...notLosses, ...Object.keys(examples)].sort());
  });

  for (const [file, makers] of Object.entries(examples)) {
    for (const make of makers) {
      const { name, settings } = make();
      for (const labels of [indices, votes]) {
        const known = labels === indices ? "class indices" : "votes";
        it(`have the gradient that finite differences give: ${file}, ${JSON.stringify(settings)}, ${known}`, () => {
          seed(5);
          const z = embeddings(values, true);
          const gradient = grad(make()(z, labels), [z])[0]?.data() as Float64Array;
          for (let k = 0; k < values.length; k++) {
            const [up, down] = [values.slice(), values.slice()] as [Float64Array, Float64Array];
            up[k] = (up[k] as number) + 1e-5;
            down[k] = (down[k] as number) - 1e-5;
            const slope = (valueAt(make, up, labels) - valueAt(make, down, labels)) / 2e-5;
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
