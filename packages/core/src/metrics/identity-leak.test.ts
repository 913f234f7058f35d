import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { Random } from "../random.ts";
import { identityLeak } from "./identity-leak.ts";

describe("identityLeak", () => {
  const random = new Random(1);
  const people = Int32Array.from({ length: 300 }, (_, i) => i % 30);

  it("is 1 where people lie apart, and about chance where nothing of them is in the rows", () => {
    const apart = new Embeddings(
      Float32Array.from(people, (person) => 100 * person + random.uniform()),
      1,
    );
    expect(identityLeak(apart, people).share).toBe(1);
    const mixed = new Embeddings(
      Float32Array.from({ length: 1200 }, () => random.normal()),
      4,
    );
    const { share, chance } = identityLeak(mixed, people);
    expect(chance).toBeCloseTo(9 / 299, 12);
    expect(share).toBeLessThan(3 * chance);
  });

  it("does not count a row as its own neighbour, and is NaN for one row", () => {
    expect(identityLeak(new Embeddings(Float32Array.of(0, 0, 5), 1), [1, 2, 3]).share).toBe(0);
    expect(identityLeak(new Embeddings(Float32Array.of(0), 1), [1]).share).toBeNaN();
  });

  it("refuses people of another number", () => {
    expect(() => identityLeak(new Embeddings(Float32Array.of(0, 1), 1), [1])).toThrow("identityLeak: X has 2 rows but people has 1");
  });
});
