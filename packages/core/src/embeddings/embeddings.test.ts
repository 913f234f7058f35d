import { describe, expect, it } from "vitest";
import { Embeddings } from "./embeddings.ts";

describe("Embeddings", () => {
  it("takes the rows asked for, with their facts, a row twice if asked", () => {
    const X = new Embeddings(Float32Array.of(1, 2, 3, 4, 5, 6), 2, {
      ids: ["a", "b", "c"],
      labels: Int32Array.of(0, 1, 1),
      votes: Float32Array.of(1, 0, 0.25, 0.75, 0, 1),
      classes: ["neutral", "happiness"],
    });
    const taken = X.take([2, 1, 2]);
    expect(Array.from(taken.values)).toEqual([5, 6, 3, 4, 5, 6]);
    expect(taken.ids).toEqual(["c", "b", "c"]);
    expect(Array.from(taken.labels as Int32Array)).toEqual([1, 1, 1]);
    expect(Array.from(taken.votes as Float32Array)).toEqual([0, 1, 0.25, 0.75, 0, 1]);
    expect(taken.classes).toEqual(["neutral", "happiness"]);
  });

  it("may be empty", () => {
    expect(new Embeddings(new Float32Array(0), 64, { labels: new Int32Array(0) }).take([]).rows).toBe(0);
  });

  it("says what does not fit when sizes disagree", () => {
    expect(() => new Embeddings(new Float32Array(5), 2)).toThrow("Embeddings: 5 values do not divide into rows of 2.");
    expect(() => new Embeddings(new Float32Array(4), 0)).toThrow("Embeddings: expected columns to be a whole number above 0, but got 0.");
    expect(() => new Embeddings(new Float32Array(4), 2, { labels: Int32Array.of(1) })).toThrow(
      "Embeddings: expected 2 labels, one for each row, but got 1.",
    );
  });

  it("refuses lists of another kind at the door", () => {
    const refused = (make: () => Embeddings) => {
      try {
        make();
      } catch (error) {
        return `${(error as Error).name}: ${(error as Error).message}`;
      }
      return "taken";
    };
    const F = Float32Array;
    const any = (value: unknown) => value as never;
    expect(
      refused(
        () =>
          new Embeddings(
            any([
              [1, 2],
              [3, 4],
            ]),
            2,
          ),
      ),
    ).toBe(
      "ShapeError: Embeddings: expected values to be a Float32Array, but got an array of arrays.\n  Of an array: Float32Array.from(values.flat())",
    );
    expect(refused(() => new Embeddings(any([1, 2, 3, 4]), 2))).toMatch(/expected values to be a Float32Array, but got an array\./);
    expect(refused(() => new Embeddings(any(new Float64Array(4)), 2))).toMatch(/but got Float64Array\(4\)\./);
    expect(refused(() => new Embeddings(any(undefined), 2))).toMatch(/but got undefined\./);
    expect(refused(() => new Embeddings(new F(4), any("2")))).toBe(
      'ShapeError: Embeddings: expected columns to be a whole number above 0, but got "2".',
    );
    expect(refused(() => new Embeddings(new F(4), 2, { labels: any([0, 1]) }))).toBe(
      "ShapeError: Embeddings: expected labels to be an Int32Array, but got an array.\n  Of an array: Int32Array.from(labels)",
    );
    expect(
      refused(
        () =>
          new Embeddings(new F(4), 2, {
            votes: any([
              [1, 0],
              [0, 1],
            ]),
          }),
      ),
    ).toMatch(/expected votes to be a Float32Array/);
    expect(refused(() => new Embeddings(new F(4), 2, { ids: any("ab") }))).toMatch(/expected ids to be an array of texts, but got "ab"\./);
    expect(refused(() => new Embeddings(new F(4), 2, { classes: any({ 0: "a" }) }))).toMatch(/expected classes to be an array of texts/);
  });
});
