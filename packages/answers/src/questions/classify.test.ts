import { describe, expect, it } from "vitest";
import { classifyFaces } from "./classify.ts";
import { madeSet } from "./fixtures/face-set.ts";
import { lookOf } from "./looks.ts";

describe("classifyFaces", () => {
  const set = madeSet([
    {
      path: "b.jpg",
      faces: [
        { look: "happiness", stray: 0.1, side: 40 },
        { look: "sadness", stray: 0.1, side: 90 },
      ],
    },
    { path: "a.jpg", faces: [{ look: "bored", stray: 0.1 }] },
    { path: "c.jpg", faces: [{ look: "neutral", label: "surprise" }] },
    { path: "sea.jpg", faces: [] },
  ]);
  const { faces, classes, withoutFaces } = classifyFaces(set);

  it("gives each face a distribution over all classes and a verdict, photo by photo, the largest face first", () => {
    expect(faces.map(({ path, expression }) => [path, expression])).toEqual([
      ["a.jpg", expect.any(String)],
      ["b.jpg", "sadness"],
      ["b.jpg", "happiness"],
      ["c.jpg", "surprise"],
    ]);
    for (const { distribution } of faces) {
      expect(distribution).toHaveLength(classes.length);
      expect(distribution.reduce((sum, P) => sum + P, 0)).toBeCloseTo(1, 9);
    }
    expect(withoutFaces).toEqual(["sea.jpg"]);
  });

  it("says none of these of a face unlike all that the model knows, and corrected where a person said so", () => {
    expect(faces.map(({ verdict }) => verdict)).toEqual(["none of these", "named", "named", "corrected"]);
    expect(faces[3]?.probability).toBe(1);
  });

  it("can be written as JSON, and takes a set without faces", () => {
    const answer = classifyFaces(set);
    expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
    expect(classifyFaces(madeSet([{ path: "sea.jpg", faces: [] }]))).toMatchObject({ faces: [], withoutFaces: ["sea.jpg"] });
  });

  it("speaks of looks, never of feelings", () => {
    expect(["neutral", "happiness", "anger", "fear", "contempt", "bored"].map(lookOf)).toEqual([
      "neutral-looking",
      "happy-looking",
      "angry-looking",
      "fearful-looking",
      "contemptuous-looking",
      "bored-looking",
    ]);
  });
});
