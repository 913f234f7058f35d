import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusterFaces } from "./cluster.ts";
import { classes, type MadeFace, madeSet } from "./fixtures/face-set.ts";

const setOf = (faces: readonly MadeFace[], seed = 1) =>
  madeSet(
    faces.map((face, i) => ({ path: `${i}.jpg`, faces: [face] })),
    { seed },
  );
const many = (change: (i: number) => Partial<MadeFace> = () => ({})) =>
  Array.from({ length: 80 }, (_, i): MadeFace => ({ look: classes[i % 4] as string, ...change(i) }));

describe("clusterFaces", () => {
  it("finds as many groups as there are looks, names them, and shows medoid and nearest", () => {
    const { groups, method, scores, alone } = clusterFaces(setOf(many()));
    expect(groups.map(({ name }) => name).sort()).toEqual(
      ["happiness", "neutral", "sadness", "surprise"]
        .map((name) => ({ happiness: "happy", sadness: "sad", surprise: "surprised" })[name] ?? name)
        .map((word) => `${word}-looking`),
    );
    expect(method).toBe("BIC");
    expect(scores.length).toBeGreaterThan(4);
    expect(alone).toEqual([]);
    for (const { size, share, purity, faces, medoid, top } of groups) {
      expect([size, faces.length, share]).toEqual([20, 20, 0.25]);
      expect(purity).toBeGreaterThan(0.9);
      expect(top[0]).toEqual(medoid);
      expect(top).toHaveLength(16);
    }
  });

  it("makes the number of groups it is given, and tells groups of one look apart by number", () => {
    const { groups, method } = clusterFaces(setOf(many(() => ({ look: "happiness" }))), { k: 3, top: 2 });
    expect(groups.map(({ name }) => name)).toEqual(["happy-looking", "happy-looking 2", "happy-looking 3"]);
    expect(groups[0]?.top).toHaveLength(2);
    expect(method).toBe("given number");
  });

  it("puts all in one group at similarity 0, each alone at 1, and splits groups only as it rises", () => {
    const set = setOf(many());
    const at = (similarity: number) => clusterFaces(set, { similarity, least: 1 }).groups;
    expect(at(0)).toHaveLength(1);
    expect(at(1)).toHaveLength(80);
    const steps = [0, 0.2, 0.4, 0.6, 0.8, 1].map(at);
    for (const [i, finer] of steps.entries()) {
      for (const group of finer) {
        const within = steps[Math.max(0, i - 1)]?.filter((coarser) => group.faces.every((face) => coarser.faces.includes(face)));
        expect(within).toHaveLength(1);
      }
    }
    expect(clusterFaces(set, { similarity: 1 })).toMatchObject({ groups: [], faces: 80 });
    expect(clusterFaces(set, { similarity: 1 }).alone).toHaveLength(80);
  });

  it("means the same by a similarity whatever else is in the album", () => {
    const alone = clusterFaces(setOf(many((i) => ({ look: classes[i % 2] as string }))), { similarity: 0.6 });
    const more = clusterFaces(setOf(many()), { similarity: 0.6 });
    expect(alone.groups).toHaveLength(2);
    expect(more.groups).toHaveLength(4);
  });

  it("keeps what people said of pairs, by number, BIC and similarity, whatever the seed", () => {
    fc.assert(
      fc.property(fc.nat(50), fc.constantFrom({ k: 3 }, {}, { similarity: 0.3, least: 1 }, { similarity: 0.9, least: 1 }), (seed, how) => {
        const set = setOf(
          many((i) => {
            if (i === 0) return { together: [2], apart: [5] };
            if (i === 8) return { apart: [13] };
            return i === 20 ? { together: [24] } : {};
          }),
          seed,
        );
        const { groups, corrections } = clusterFaces(set, how);
        const group = (face: number) => groups.findIndex(({ faces }) => faces.includes(face));
        expect(group(1)).toBe(group(2));
        expect(group(1)).not.toBe(group(5));
        expect(group(9)).not.toBe(group(13));
        expect(group(21)).toBe(group(24));
        expect(corrections).toEqual({ together: 2, apart: 2, refused: [] });
      }),
      { numRuns: 24 },
    );
  });

  it("takes a corrected label for a face's look, and says of contradictions which was not followed", () => {
    const corrected = clusterFaces(setOf([{ look: "sadness", label: "bored" }]));
    expect(corrected.groups[0]).toMatchObject({
      name: "bored-looking",
      medoid: { expression: "bored", verdict: "corrected", probability: 1 },
    });
    const set = setOf(many((i) => (i === 0 ? { together: [2], apart: [2] } : {})));
    expect(clusterFaces(set).corrections.refused).toEqual([[1, 2]]);
  });

  it("groups thousands of faces by similarity, and still keeps what people said", () => {
    const faces = Array.from(
      { length: 2600 },
      (_, i): MadeFace => ({ look: classes[i % 4] as string, ...(i === 0 && { together: [2], apart: [5] }) }),
    );
    const { groups } = clusterFaces(setOf(faces), { similarity: 0.4 });
    const group = (face: number) => groups.findIndex((one) => one.faces.includes(face));
    expect(group(1)).toBe(group(2));
    expect(group(1)).not.toBe(group(5));
    expect(groups.length).toBeLessThan(10);
  });

  it("says what is wrong with options and empty sets", () => {
    const set = setOf(many());
    expect(() => clusterFaces(set, { k: 3, similarity: 0.5 })).toThrow(
      "cluster: expected a number of groups or a similarity, but got both.",
    );
    expect(() => clusterFaces(set, { similarity: 2 })).toThrow("cluster: expected similarity to be a number from 0 to 1, but got 2.");
    expect(() => clusterFaces(set, { k: 81 })).toThrow(
      "expressionGroups: expected k to be a whole number from 1 to the 80 faces, but got 81.",
    );
    expect(() => clusterFaces(madeSet([]))).toThrow("cluster: expected faces, but none was found in 0 photos of /photos.");
  });
});
