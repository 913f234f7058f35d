import { describe, expect, it } from "vitest";
import { bestOfFaces } from "./best.ts";
import { type MadeFace, madeSet } from "./fixtures/face-set.ts";

const happy: MadeFace = { look: "happiness", stray: 0.2 };
const shot = (path: string, second: number, faces: readonly MadeFace[], scene = 1) => ({ path, second, scene, faces });

describe("bestOfFaces", () => {
  const group = madeSet([
    shot("1 one looks away.jpg", 0, [happy, happy, { ...happy, look: "sadness" }]),
    shot("2 closed eyes.jpg", 2, [happy, happy, { ...happy, quality: { eyesOpen: 0.02 } }]),
    shot("3 all well.jpg", 4, [happy, happy, happy]),
    shot("4 one is missing.jpg", 6, [happy, happy]),
    shot("later.jpg", 4000, [happy], 2),
    shot("much later.jpg", 9000, [], 3),
  ]);

  it("ranks the shots of a moment by its worst face, the best first, with reasons as numbers", () => {
    const { bursts, singles, photos, expression } = bestOfFaces(group);
    expect({ bursts: bursts.length, singles, photos, expression }).toEqual({ bursts: 1, singles: 1, photos: 6, expression: "happiness" });
    expect(bursts[0]?.shots[0]).toMatchObject({ path: "3 all well.jpg", missing: 0 });
    expect(bursts[0]?.shots.at(-1)?.score).toBeLessThan(0.6);
    const closed = bursts[0]?.shots.find(({ path }) => path.startsWith("2"));
    expect(closed?.faces.find(({ face }) => face === closed.worst)).toMatchObject({ eyesOpen: 0.02, sharpness: 0.8 });
    expect(bursts[0]?.shots.find(({ path }) => path.startsWith("4"))).toMatchObject({ missing: 1 });
  });

  it("ranks by another expression, or by none", () => {
    const set = madeSet([shot("a.jpg", 0, [happy]), shot("b.jpg", 1, [{ ...happy, look: "sadness", quality: { sharpness: 1 } }])]);
    const first = (expression?: string) => bestOfFaces(set, expression === undefined ? {} : { expression }).bursts[0]?.shots[0]?.path;
    expect([first(), first("sad"), first("any")]).toEqual(["a.jpg", "b.jpg", "b.jpg"]);
    expect(bestOfFaces(set, { expression: "any" }).bursts[0]?.shots[0]?.faces[0]).not.toHaveProperty("wanted");
  });

  it("believes a correction more than the model", () => {
    const neutral = { ...happy, look: "neutral" };
    const set = madeSet([shot("a.jpg", 0, [neutral]), shot("b.jpg", 1, [{ ...neutral, label: "happiness" }])]);
    expect(bestOfFaces(set).bursts[0]?.shots[0]).toMatchObject({ path: "b.jpg" });
  });

  it("takes photos for one moment where it is told so", () => {
    expect(bestOfFaces(group, { oneMoment: true }).bursts[0]?.shots).toHaveLength(6);
  });

  it("leaves passers-by out of the score", () => {
    const set = madeSet([
      shot("a.jpg", 0, [happy, { look: "sadness", side: 12 }]),
      shot("b.jpg", 1, [{ ...happy, quality: { sharpness: 0.2 } }]),
    ]);
    const best = bestOfFaces(set).bursts[0]?.shots[0];
    expect(best?.path).toBe("a.jpg");
    expect(best?.faces[1]).not.toHaveProperty("score");
  });

  it("says what is wrong with the expression, options and empty sets", () => {
    expect(() => bestOfFaces(group, { expression: "hapiness" })).toThrow(
      'best: expected expression to be an expression of the model, but got "hapiness"; did you mean "happiness"?',
    );
    expect(() => bestOfFaces(group, { expresion: "any" } as object)).toThrow(
      'best: unknown option "expresion"; did you mean "expression"?',
    );
    expect(() => bestOfFaces(madeSet([]))).toThrow("best: expected faces, but none was found in 0 photos of /photos.");
  });
});
