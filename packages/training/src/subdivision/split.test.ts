import { Embeddings, Random } from "@semblant/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MemoryImages } from "../../../datasets/src/images/memory-images.ts";
import { labeledBySubclass } from "../loop/subclasses.ts";
import { resolveSubdivision, subdivisionDefaults } from "./settings.ts";
import { agreementWithin, splitClasses } from "./split.ts";

const settings = { ...subdivisionDefaults, smallest: 2 };
const facts = { labels: Int32Array.of(0, 1, 1, 0, 1, 1), classes: ["neutral", "happiness"] };
const X = new Embeddings(Float32Array.of(5, 0, 10, 5, 0.1, 10.1), 1, facts);

describe("splitClasses", () => {
  it("gives every class its own run of sub-classes, named after it", () => {
    const { labels, parents, names, report } = splitClasses(X, { settings, most: 2, random: new Random(0) });
    expect(Array.from(labels)).toEqual([0, 1, 2, 0, 1, 2]);
    expect(Array.from(parents)).toEqual([0, 1, 1]);
    expect(names).toEqual(["neutral 1", "happiness 1", "happiness 2"]);
    expect(report.sizes).toEqual([[2], [2, 2]]);
    expect(report.repeatability).toBe(1);
  });

  it("says by BIC whether the split was warranted", () => {
    const { report } = splitClasses(X, { settings, most: 2, random: new Random(0) });
    expect(report.bic).toBeLessThan(report.bicUnsplit);
    const unsplit = splitClasses(X, { settings, most: 1, random: new Random(0) });
    expect(unsplit.report.bic).toBe(unsplit.report.bicUnsplit);
    expect(report.logLikelihood).toBeGreaterThan(unsplit.report.logLikelihood);
  });

  it("compares with the level before where that had sub-classes", () => {
    const random = new Random(0);
    const before = { labels: Int32Array.of(0, 1, 2, 0, 1, 2), parents: Int32Array.of(0, 1, 1) };
    expect(splitClasses(X, { settings, most: 2, random, before }).report.agreement).toBe(1);
    const classes = { labels: facts.labels, parents: Int32Array.of(0, 1) };
    expect(splitClasses(X, { settings, most: 2, random, before: classes }).report.agreement).toBeUndefined();
  });

  it("spreads votes so that each class keeps its share", () => {
    const votes = Float32Array.of(0.7, 0.3, 0.2, 0.8, 0, 1, 1, 0, 0.4, 0.6, 0.1, 0.9);
    const voted = new Embeddings(X.values, 1, { ...facts, votes });
    const split = splitClasses(voted, { settings, most: 2, random: new Random(0), votes: true });
    const known = split.known as Float32Array;
    for (let i = 0; i < 6; i++) {
      expect(known[i * 3]).toBeCloseTo(votes[i * 2] as number, 6);
      expect((known[i * 3 + 1] as number) + (known[i * 3 + 2] as number)).toBeCloseTo(votes[i * 2 + 1] as number, 6);
    }
    expect(Array.from(known.subarray(3, 6))).toEqual([expect.closeTo(0.2, 6), expect.closeTo(0.8, 6), 0]);
    expect(splitClasses(voted, { settings, most: 2, random: new Random(0) }).known).toBeUndefined();
  });
});

describe("agreementWithin", () => {
  it("gives nothing for telling the classes apart", () => {
    expect(agreementWithin([0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 2, 2, 3, 3], [0, 1, 0, 1, 2, 3, 2, 3])).toBeLessThan(0);
  });

  it("is 1 for the same parts, whatever their names, and the same both ways round", () => {
    const parts = fc.array(fc.tuple(fc.nat(2), fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(parts, (rows) => {
        const [classes, a, b] = [0, 1, 2].map((j) => rows.map((row) => row[j] as number)) as [number[], number[], number[]];
        expect(
          agreementWithin(
            classes,
            a,
            a.map((part) => 9 - part),
          ),
        ).toBeCloseTo(1, 12);
        expect(agreementWithin(classes, a, b)).toBeCloseTo(agreementWithin(classes, b, a), 12);
      }),
    );
  });
});

describe("labeledBySubclass", () => {
  const images = {
    images: new MemoryImages(new Uint8Array(3), { width: 1, height: 1, channels: 1 }),
    labels: Int32Array.of(0, 1, 1),
    votes: new Float32Array(6).fill(0.5),
    classes: ["neutral", "happiness"],
    ids: ["a", "b", "c"],
  };
  const subclasses = {
    labels: Int32Array.of(0, 1, 2),
    parents: Int32Array.of(0, 1, 1),
    names: ["neutral 1", "happiness 1", "happiness 2"],
  };

  it("takes the votes on classes away, and takes those on sub-classes in their place", () => {
    expect(labeledBySubclass(images, subclasses)).toEqual({
      images: images.images,
      ids: images.ids,
      labels: subclasses.labels,
      classes: subclasses.names,
    });
    const known = new Float32Array(9);
    expect(labeledBySubclass(images, { ...subclasses, known }).votes).toBe(known);
  });

  it("refuses sub-classes of other images or other classes", () => {
    expect(() => labeledBySubclass(images, { ...subclasses, labels: Int32Array.of(0) })).toThrow(
      "train: expected 3 sub-classes, one for each training image, but got 1.",
    );
    expect(() => labeledBySubclass(images, { ...subclasses, labels: Int32Array.of(0, 0, 2) })).toThrow(
      "train: expected image 1 to be in a sub-class of class 1, but got sub-class 0 of class 0.",
    );
  });
});

describe("resolveSubdivision", () => {
  it("fills in what is not given and refuses what is none", () => {
    expect(resolveSubdivision({ levels: 2 })).toEqual({ ...subdivisionDefaults, levels: 2 });
    expect(() => resolveSubdivision({ perSubclas: 3 } as object)).toThrow(
      'subdivide: unknown option "perSubclas"; did you mean "perSubclass"?',
    );
    expect(() => resolveSubdivision({ regularization: 0 })).toThrow(
      "subdivide: expected regularization to be a number above 0, but got 0.",
    );
    expect(() => resolveSubdivision({ choose: "aic" } as object)).toThrow(
      'subdivide: expected choose to be one of all, bic, held-out, but got "aic".',
    );
  });
});
