import { describe, expect, it } from "vitest";
import { ShapeError } from "../errors.ts";
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
    expect(refused(() => new Embeddings(any(undefined), 2))).toMatch(/but got nothing\./);
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

  it("has the rows that it has, and no part of two", () => {
    const X = new Embeddings(Float32Array.of(1, 2, 3, 4, 5, 6), 2);
    for (const i of [1.5, 3, 99, -1, Number.NaN, "0", undefined]) {
      expect(() => X.row(i as number)).toThrow(ShapeError);
      expect(() => X.take([0, i as number])).toThrow(ShapeError);
    }
    expect(() => X.row(1.5)).toThrow(new ShapeError("Embeddings.row: expected i to be a whole number from 0 to 2, but got 1.5."));
    expect(() => X.take([0, 99])).toThrow(
      new ShapeError("Embeddings.take: expected rows[1] to be a whole number from 0 to 2, but got 99."),
    );
    expect(() => new Embeddings(new Float32Array(0), 2).row(0)).toThrow(
      new ShapeError("Embeddings.row: expected i to be no row, since there is none, but got 0."),
    );
    for (const rows of [5, "01", null, undefined]) expect(() => X.take(rows as never)).toThrow(ShapeError);
    expect(() => X.take(5 as never)).toThrow(new ShapeError("Embeddings.take: expected rows to be a list of row numbers, but got 5."));
    expect(Array.from(X.row(2))).toEqual([5, 6]);
    expect(Array.from(X.take(Int32Array.of(2, 0)).values)).toEqual([5, 6, 1, 2]);
  });

  it("says how a list becomes the right one only where that way works", () => {
    const advice = (values: unknown) => {
      try {
        new Embeddings(values as never, 2);
      } catch (error) {
        return (error as Error).message.split("\n  ")[1];
      }
      return "taken";
    };
    const works = (values: unknown, code: string) =>
      Array.from(new Function("values", `return ${code.replace(/^Of an? \w+: /, "")}`)(values) as Float32Array);
    const lists = [[1, 2], [[1, 2]], [Float64Array.of(1, 2)], Float64Array.of(1, 2), Int32Array.of(1, 2), BigInt64Array.of(1n, 2n)];
    for (const values of lists) expect(works(values, advice(values) as string)).toEqual([1, 2]);
    expect(advice(Float64Array.of(1, 2))).toBe("Of a Float64Array: Float32Array.from(values)");
    for (const values of [null, undefined, "abcd", 5, {}, ["a"], [["a"]], [null], new DataView(new ArrayBuffer(8))]) {
      expect(advice(values)).toBe(undefined);
    }
  });
});
