import { Embeddings } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { splitClasses } from "./split-classes.ts";

/** One class in two clouds at 0 and 10, of 100 and 60 rows; another of 60 rows at 30. */
function clouds(): Embeddings {
  const at = (i: number) => (i < 100 ? 0 : i < 160 ? 10 : 30);
  const values = Float32Array.from({ length: 2 * 220 }, (_, n) => at(n >> 1) + ((n * 7919) % 101) / 100);
  const labels = Int32Array.from({ length: 220 }, (_, i) => (i < 160 ? 0 : 1));
  return new Embeddings(values, 2, { labels, classes: ["happiness", "sadness"] });
}

describe("splitClasses", () => {
  it("tells kinds of a class apart, the commonest first, and leaves classes of few faces whole", () => {
    const { subclasses, parents } = splitClasses(clouds(), 2);
    expect(parents).toEqual([0, 0, 1]);
    expect(new Set(subclasses.slice(0, 100))).toEqual(new Set([0]));
    expect(new Set(subclasses.slice(100, 160))).toEqual(new Set([1]));
    expect(new Set(subclasses.slice(160))).toEqual(new Set([2]));
  });

  it("is the classes themselves where they may have one part", () => {
    const X = clouds();
    expect(splitClasses(X, 1)).toEqual({ subclasses: X.labels, parents: [0, 1] });
  });
});
