import { accuracy, type Embeddings, Random } from "@semblant/core";
import { seed, setThreads, type Tensor } from "@semblant/torch";
import { beforeAll, describe, expect, it } from "vitest";
import { subset } from "../../../datasets/src/dataset/subset.ts";
import { MemoryImages } from "../../../datasets/src/images/memory-images.ts";
import { stripes, tinySettings } from "../fixtures/stripes.ts";
import { buildTraining } from "../loop/build-training.ts";
import { train } from "../loop/train.ts";
import { validator } from "../loop/validation.ts";
import { resnet18 } from "../networks/resnet.ts";
import { embed } from "./embed.ts";

beforeAll(() => setThreads(1));

const data = stripes();
const tiny = () => {
  seed(1);
  return resnet18({ baseChannels: 4, dimensions: 8, size: 16 });
};
const largestDifference = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] as number))), 0);

describe("embed", () => {
  it("gives a row an image, with labels, ids and classes, and votes where there are any", () => {
    const votes = new Float32Array(18 * 3).fill(1 / 3);
    const X = embed(tiny(), { ...data.test, votes });
    expect([X.rows, X.columns]).toEqual([18, 8]);
    expect(X).toMatchObject({ labels: data.test.labels, ids: data.test.ids, classes: data.test.classes, votes });
    expect("votes" in embed(tiny(), data.test)).toBe(false);
    const subjects = Int32Array.from(data.test.labels, (_, i) => (i === 0 ? -1 : i % 2));
    const known = embed(tiny(), { ...data.test, subjects, subjectNames: ["Ann", "Bea"], sequences: subjects });
    expect([known.people?.slice(0, 3), known.sequences?.slice(0, 3)]).toEqual([
      ["", "Bea", "Ann"],
      ["", "sequence 1", "sequence 0"],
    ]);
  });

  it("gives the same rows in batches of any size", () => {
    const network = tiny();
    const whole = embed(network, data.test, { batch: 18, precision: "float32" }).values;
    for (const batch of [1, 5, 17, 100]) {
      expect(largestDifference(whole, embed(network, data.test, { batch, precision: "float32" }).values)).toBeLessThan(1e-5);
    }
  });

  it("scales each row to length 1 when it is told to normalize", () => {
    const [plain, unit] = [false, true].map((normalize) => embed(tiny(), data.test, { normalize, precision: "float32" })) as [
      Embeddings,
      Embeddings,
    ];
    for (let i = 0; i < unit.rows; i++) {
      const length = Math.hypot(...plain.row(i));
      unit.row(i).forEach((x, j) => {
        expect(x).toBeCloseTo((plain.row(i)[j] as number) / length, 5);
      });
    }
  });

  it("leaves the network in the mode and with the statistics it had", () => {
    const network = tiny().train();
    const before = Array.from(network.stateDict().get("bn1.running_mean")?.data() as Float32Array);
    embed(network, data.test);
    expect(network.training).toBe(true);
    expect(Array.from(network.stateDict().get("bn1.running_mean")?.data() as Float32Array)).toEqual(before);
    embed(network.eval(), data.test);
    expect(network.training).toBe(false);
  });

  it("gives an image and its mirror image the same row when it takes the mean of both", () => {
    const network = tiny();
    const pixels = new Uint8Array(256);
    data.test.images.gather([1], pixels);
    const mirrored = Uint8Array.from(pixels, (_, p) => pixels[p - (p % 16) + 15 - (p % 16)] as number);
    const both = new MemoryImages(Uint8Array.from([...pixels, ...mirrored]), { width: 16, height: 16, channels: 1 });
    const images = { ...subset(data.test, [1, 1]), images: both };
    const apart = embed(network, images, { precision: "float32" });
    const together = embed(network, images, { precision: "float32", mirror: true });
    expect(largestDifference(apart.row(0), apart.row(1))).toBeGreaterThan(1e-3);
    expect(largestDifference(together.row(0), together.row(1))).toBeLessThan(1e-5);
  });

  it("gives many images the rows that few are given", () => {
    seed(1);
    const network = resnet18({ baseChannels: 16, dimensions: 8, size: 16 });
    const many = subset(
      data.test,
      Array.from({ length: 100 }, (_, i) => i % 18),
    );
    const [whole, few] = [many, data.test].map((images) => embed(network, images, { precision: "float32" })) as [Embeddings, Embeddings];
    const scale = Math.max(...few.values.map(Math.abs));
    expect(largestDifference(whole.values.subarray(0, few.values.length), few.values)).toBeLessThan(1e-5 * scale);
    expect(largestDifference(whole.row(99), few.row(99 % 18))).toBeLessThan(1e-5 * scale);
  });

  it("embeds many images by a network of one's own as that network does", () => {
    const network = tiny().eval();
    const own = Object.assign(tiny(), { forward: (x: Tensor) => network.forward(x).mul(2) });
    const many = subset(
      data.test,
      Array.from({ length: 100 }, (_, i) => i % 18),
    );
    const [once, twice] = [network, own].map((one) => embed(one, many, { precision: "float32" })) as [Embeddings, Embeddings];
    expect(
      largestDifference(
        once.values.map((x) => 2 * x),
        twice.values,
      ),
    ).toBeLessThan(1e-4);
  });

  it("embeds no images as no rows", () => {
    expect(embed(tiny(), subset(data.test, [])).rows).toBe(0);
  });

  it("stays near float32 in bfloat16", () => {
    const network = tiny();
    const [wide, narrow] = (["float32", "bfloat16"] as const).map((precision) => embed(network, data.test, { precision }).values);
    const scale = Math.max(...(wide as Float32Array).map(Math.abs));
    expect(largestDifference(wide as Float32Array, narrow as Float32Array)).toBeLessThan(0.05 * scale);
  });

  it("says which option is wrong", () => {
    expect(() => embed(tiny(), data.test, { batch: 0 })).toThrow("embed: expected batch to be a whole number above 0, but got 0.");
    expect(() => embed(tiny(), data.test, { mirrored: true } as object)).toThrow(
      'embed: unknown option "mirrored"; did you mean "mirror"?',
    );
  });
});

describe("validator", () => {
  const options = (metric: "neighbors" | "nearest-mean", gallery: number) =>
    ({ settings: { metric, gallery, every: 1 }, precision: "float32", random: new Random(0) }) as const;

  it("gives the percentage of validation images that their neighbours, or the nearest class mean, name rightly", () => {
    const training = buildTraining(tinySettings({ epochs: 12, augmentation: "none", ema: null }), data);
    const untrained = validator(training.network, data, options("neighbors", 1000))?.() as number;
    for (const _ of train(training));
    for (const metric of ["neighbors", "nearest-mean"] as const) {
      const value = validator(training.network, data, options(metric, 1000))?.() as number;
      expect(value, metric).toBeGreaterThan(Math.max(90, untrained - 1));
      expect(value).toBeLessThanOrEqual(100);
    }
  });

  it("takes a gallery smaller than the number of neighbours as it is", () => {
    expect(validator(tiny(), data, options("neighbors", 4))?.()).toBeGreaterThanOrEqual(0);
  });

  it("has nothing to give without validation images", () => {
    expect(validator(tiny(), stripes({ validation: 0 }), options("neighbors", 10))).toBeUndefined();
    expect(accuracy([], [])).toBeNaN();
  });
});
