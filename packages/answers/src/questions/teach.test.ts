import { Embeddings } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { withTaught } from "../taught/taught-classes.ts";
import { classes, madeModel, madeSet } from "./fixtures/face-set.ts";
import { learnClass } from "./teach.ts";

/** 30 faces of each class and 20 of another look, whose ids are 121 to 140. */
const album = () =>
  madeSet(Array.from({ length: 140 }, (_, i) => ({ path: `${i}.jpg`, faces: [{ look: i < 120 ? (classes[i % 4] as string) : "bored" }] })));
const bored = [121, 122, 123, 124, 125];

describe("teach", () => {
  it("adds a class that is found again, from five faces, and says how well it separates", () => {
    const { accepted, separation, found, examples, reason } = learnClass(album(), "bored", bored);
    expect({ accepted, examples, reason }).toEqual({ accepted: true, examples: 5, reason: undefined });
    expect(separation.recall).toBe(1);
    expect(separation.dPrime).toBeGreaterThan(4);
    expect(separation.renamed.faces).toBe(0);
    expect(separation.accuracy).toBe(1);
    expect(found).toBeGreaterThanOrEqual(14);
    expect(found).toBeLessThanOrEqual(16);
  });

  it("adds one from a single face, without a recall, or from embeddings of faces elsewhere", () => {
    const one = learnClass(album(), "bored", [130]);
    expect(one.accepted).toBe(true);
    expect(one.separation).not.toHaveProperty("recall");
    expect(one.found).toBeGreaterThan(14);
    const set = album();
    const elsewhere = learnClass(set, "bored", set.embeddings.take([125, 126, 127]));
    expect(elsewhere).toMatchObject({ accepted: true, examples: 3 });
    expect(elsewhere.found).toBeGreaterThan(17);
  });

  it("refuses politely what is no look of its own, and says why", () => {
    const [neutral, mixed] = [learnClass(album(), "bored", [17, 21, 25, 29]), learnClass(album(), "mixed", [1, 2, 3, 4])];
    expect(neutral).toMatchObject({ accepted: false, separation: { nearest: "neutral" } });
    expect(neutral.reason).toMatch(/^4 faces lie no farther from neutral than its own faces may by chance$|found: to the model/);
    expect(mixed.accepted).toBe(false);
    expect(mixed.reason).toBe("each face was left out in turn, and 0 of 4 were found: to the model they have no look in common");
  });

  it("seldom takes examples of a class that is there for a new one, and always those of another look", () => {
    const accepted = (look: number) =>
      Array.from({ length: 12 }, (_, n) => [0, 1, 2, 3].map((i) => look + (look === 1 ? 4 : 1) * ((5 * n + i) % 20))).filter(
        (faces) => learnClass(album(), "new", faces).accepted,
      ).length;
    expect(accepted(121)).toBe(12);
    expect(accepted(1)).toBeLessThan(3);
  });

  it("says what is wrong with name and faces", () => {
    expect(() => learnClass(album(), "happy", bored)).toThrow(
      'teach: expected a new class, but "happy" is happiness already.\n' +
        "  To show the model what it looks like here, with a folder per class: semblant adapt FACES --in PHOTOS",
    );
    expect(() => learnClass(album(), " ", bored)).toThrow('teach: expected a name for the class, but got " ".');
    expect(() => learnClass(album(), "bored", [])).toThrow('teach: expected faces to learn "bored" from, but got none.');
    expect(() => learnClass(album(), "bored", [999])).toThrow("teach: expected faces of the library, but there is no face 999.");
  });
});

describe("a model with taught classes", () => {
  const taught = learnClass(album(), "bored", bored).taught;

  it("names them beside its own, whose odds among each other stay", () => {
    const set = album();
    const model = withTaught(set.model, [taught]);
    expect(model.classes).toEqual([...classes, "bored"]);
    const [before, after] = [set.model.classify(set.embeddings), model.classify(set.embeddings)];
    for (const [i, { distribution }] of after.entries()) {
      expect(distribution.reduce((sum, P) => sum + P, 0)).toBeCloseTo(1, 9);
      const own = 1 - (distribution[4] as number);
      for (let c = 0; c < 4 && own > 1e-6; c++)
        expect((distribution[c] as number) / own).toBeCloseTo(before[i]?.distribution[c] as number, 6);
    }
    expect(before.slice(120).filter(({ verdict }) => verdict === "none of these").length).toBeGreaterThan(15);
    expect(after.slice(120).filter(({ predicted }) => predicted === 4).length).toBeGreaterThan(17);
  });

  it("is the model itself where nothing was taught, and answers for no faces", () => {
    const model = madeModel();
    expect(withTaught(model, [])).toBe(model);
    expect(withTaught(model, [taught]).classify(new Embeddings(new Float32Array(0), 6))).toEqual([]);
  });
});
