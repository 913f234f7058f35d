import { readFileSync } from "node:fs";
import { Random } from "@semblant/core";
import { Adam, autocast, grad, liveTensors, type Tensor, tensor, tidy } from "@semblant/torch";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arcFace } from "./arcface.ts";
import { contrastive } from "./contrastive.ts";
import { liftedStructure } from "./lifted-structure.ts";
import type { Loss } from "./loss.ts";
import { nPair } from "./n-pair.ts";
import { proxyAnchor } from "./proxy-anchor.ts";
import { supervisedContrastive } from "./supervised-contrastive.ts";
import { triplet } from "./triplet.ts";

interface Case {
  readonly loss: string;
  readonly options: Record<string, never>;
  readonly batch: string;
  readonly value: number;
  readonly gradient: number[];
  readonly weightGradient?: number[];
}
interface Batch {
  readonly embeddings: number[][];
  readonly labels: number[];
}
/** Made by fixtures/make.py. */
const stored = JSON.parse(readFileSync(`${import.meta.dirname}/fixtures/metric-losses.json`, "utf8")) as {
  readonly batches: Record<string, Batch>;
  readonly weights: number[][];
  readonly cases: Case[];
};

const columns = 4;
const double = (values: number[][], requiresGrad = false): Tensor => tensor(values, { dtype: "float64", requiresGrad });
/** A loss with directions of its own, at those of the fixture. */
const placed = <L extends Loss>(loss: L): L => {
  loss.module?.to("float64").loadStateDict(new Map([["weight", double(stored.weights)]]));
  return loss;
};
const makers: Record<string, (options?: Record<string, never>) => Loss> = {
  contrastive,
  liftedStructure,
  supervisedContrastive,
  nPair,
  proxyAnchor: (options) => placed(proxyAnchor(columns, 4, options)),
  arcFace: (options) => placed(arcFace(columns, 4, options)),
};
const near = (value: number, expected: number, digits = 1e-8): void => {
  expect(Math.abs(value - expected)).toBeLessThan(digits * Math.max(1, Math.abs(expected)));
};

describe("the metric losses", () => {
  for (const [name, make] of Object.entries(makers)) {
    const ofName = stored.cases.filter(({ loss }) => loss === name);
    it(`give the stored values and gradients: ${name}, ${ofName.length} batches and options`, () => {
      expect(ofName.length).toBeGreaterThan(13);
      for (const { options, batch, value, gradient, weightGradient } of ofName) {
        const { embeddings, labels } = stored.batches[batch] as Batch;
        const z = double(embeddings, true);
        const loss = make(options);
        const L = loss(z, Int32Array.from(labels));
        near(L.item(), value);
        const weights = loss.module?.parameters() ?? [];
        const [ofZ, ofWeights] = grad(L, [z, ...weights]).map((g) => g?.data() as Float64Array);
        for (const [k, expected] of gradient.entries()) near(ofZ?.[k] as number, expected);
        for (const [k, expected] of weightGradient?.entries() ?? []) near(ofWeights?.[k] as number, expected);
      }
    });
  }
});

/** Losses by what changes nothing in them. */
const invariant: readonly { name: string; make: () => Loss; moved?: true; scaled?: true }[] = [
  { name: "contrastive", make: () => contrastive(), scaled: true },
  { name: "contrastive, not normalized", make: () => contrastive({ normalize: false, margin: 3 }), moved: true },
  { name: "liftedStructure", make: () => liftedStructure(), scaled: true },
  { name: "liftedStructure, not normalized", make: () => liftedStructure({ normalize: false }), moved: true },
  { name: "supervisedContrastive", make: () => supervisedContrastive(), scaled: true },
  { name: "nPair", make: () => nPair() },
  { name: "nPair, normalized", make: () => nPair({ normalize: true }), scaled: true },
  { name: "triplet, semi-hard", make: () => triplet({ mining: "semi-hard" }), moved: true },
  { name: "triplet, batch-hard, normalized", make: () => triplet({ mining: "batch-hard", normalize: true }), scaled: true },
];
const withWeights: readonly { name: string; make: () => Loss }[] = [
  { name: "proxyAnchor", make: () => placed(proxyAnchor(columns, 4)) },
  { name: "arcFace", make: () => placed(arcFace(columns, 4)) },
];

/** Rows about some centers, and their classes, some perhaps alone. */
const batches = fc
  .tuple(fc.integer({ min: 0, max: 1e6 }), fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 12 }))
  .map(([seed, labels]) => {
    const random = new Random(seed);
    return { Z: labels.map((label) => Array.from({ length: columns }, (_, j) => random.normal() + (j === label ? 1 : 0))), labels, random };
  });
const valueAt = (make: () => Loss, Z: number[][], labels: readonly number[]) => make()(double(Z), Int32Array.from(labels)).item();

describe("of the metric losses", () => {
  for (const { name, make } of [...invariant, ...withWeights]) {
    it(`no order of rows changes ${name}${name.startsWith("nPair") ? ", as far as each class's rows keep theirs" : ""}`, () => {
      fc.assert(
        fc.property(batches, ({ Z, labels, random }) => {
          const shuffled = [...random.permutation(labels.length)];
          const keepsOrder = [...shuffled].map((row, place) => {
            const ofClass = (rows: number[]) => rows.filter((other) => labels[other] === labels[row]);
            return ofClass([...labels.keys()])[ofClass(shuffled.slice(0, place)).length] as number;
          });
          const order = name.startsWith("nPair") ? keepsOrder : shuffled;
          const pick = <T>(values: readonly T[]) => order.map((row) => values[row] as T);
          near(valueAt(make, pick(Z), pick(labels)), valueAt(make, Z, labels), 1e-9);
        }),
        { numRuns: 25 },
      );
    });

    it(`the gradient of ${name} is finite for identical rows, zero rows and one row`, () => {
      const point = [0.3, -1, 2, 0.5];
      const cases: [number[][], number[]][] = [
        [
          [point, point, point, point],
          [0, 0, 1, 1],
        ],
        [
          [point, point, point],
          [0, 0, 0],
        ],
        [Array.from({ length: 4 }, () => [0, 0, 0, 0]), [0, 0, 1, 1]],
        [[point], [2]],
        [[stored.weights[0], stored.weights[0], stored.weights[1]] as number[][], [0, 0, 0]],
      ];
      for (const dtype of ["float32", "float64"] as const) {
        for (const [Z, labels] of cases) {
          const z = tensor(Z, { dtype, requiresGrad: true });
          const loss = make();
          const L = loss(z, Int32Array.from(labels));
          expect(Number.isFinite(L.item())).toBe(true);
          for (const g of grad(L, [z, ...(loss.module?.parameters() ?? [])])) {
            expect(Array.from((g as Tensor).data(), Number).every(Number.isFinite)).toBe(true);
          }
        }
      }
    });

    it(`votes count for the class with most in ${name}, and one-hot votes for their class`, () => {
      const { embeddings, labels } = stored.batches["three classes of four"] as Batch;
      const votes = (most: number) => double(labels.map((label) => [0, 1, 2, 3].map((c) => (c === label ? most : (1 - most) / 3))));
      const loss = make();
      const L = loss(double(embeddings), Int32Array.from(labels)).item();
      expect(loss(double(embeddings), votes(1)).item()).toBe(L);
      if (name !== "arcFace") expect(loss(double(embeddings), votes(0.4)).item()).toBe(L); // which takes the votes themselves
    });

    it(`a step of Adam lowers ${name}`, () => {
      const { embeddings, labels } = stored.batches["three classes of four"] as Batch;
      const z = tensor(embeddings, { requiresGrad: true });
      const loss = make();
      const before = loss(z, Int32Array.from(labels));
      before.backward();
      new Adam([z], { learningRate: 0.003 }).step();
      expect(loss(z, Int32Array.from(labels)).item()).toBeLessThan(before.item());
    });

    it(`${name} computes in float32 inside a bfloat16 step and leaves no tensor behind but its value`, () => {
      const { embeddings, labels } = stored.batches["three classes of four"] as Batch;
      const Z = tensor(embeddings);
      const loss = make();
      loss.module?.to("float32");
      const outside = loss(Z, Int32Array.from(labels)).item();
      const before = liveTensors();
      const inside = tidy(() => autocast("bfloat16", () => loss(Z, Int32Array.from(labels))));
      expect(liveTensors()).toBe(before + 1);
      expect(inside.item()).toBe(outside);
    });
  }

  for (const { name, make, moved, scaled } of invariant) {
    const what = ["a rotation", ...(moved ? ["a common move"] : []), ...(scaled ? ["the length of a row"] : [])].join(" and ");
    it(`${what} changes nothing in ${name}`, () => {
      fc.assert(
        fc.property(batches, ({ Z, labels, random }) => {
          const angle = random.uniform(0, 6);
          const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
          const changed = Z.map(([a, b, c, d]: number[]) => {
            const length = scaled ? random.uniform(0.2, 5) : 1;
            const by = moved ? 3 : 0;
            const rotated = [cos * (a as number) - sin * (d as number), b, c, sin * (a as number) + cos * (d as number)] as number[];
            return rotated.map((x) => length * x + by);
          });
          near(valueAt(make, changed, labels), valueAt(make, Z, labels), 1e-7);
        }),
        { numRuns: 25 },
      );
    });
  }

  for (const { name, make } of withWeights) {
    it(`a rotation of rows and directions together changes nothing in ${name}, nor does any length`, () => {
      const { embeddings, labels } = stored.batches["three classes of four"] as Batch;
      const turn = ([a, b, c, d]: number[], length = 1) => [-(d as number), b, c, a].map((x) => length * (x as number));
      const loss = make();
      const expected = loss(double(embeddings), Int32Array.from(labels)).item();
      loss.module?.loadStateDict(new Map([["weight", double(stored.weights.map((w, c) => turn(w, c + 1)))]]));
      near(loss(double(embeddings.map((z, i) => turn(z, 0.1 + i))), Int32Array.from(labels)).item(), expected, 1e-10);
    });
  }

  it("the sphere is where those that look at directions only are measured", () => {
    const normalized = (loss: Loss) => loss.normalized === true;
    const onSphere = [
      contrastive(),
      liftedStructure(),
      supervisedContrastive(),
      proxyAnchor(4, 2),
      arcFace(4, 2),
      nPair({ normalize: true }),
    ];
    expect(onSphere.map(normalized)).toEqual(onSphere.map(() => true));
    const asTheyAre = [contrastive({ normalize: false }), nPair(), triplet({ mining: "semi-hard" })];
    expect(asTheyAre.map(normalized)).toEqual([false, false, false]);
  });
});
