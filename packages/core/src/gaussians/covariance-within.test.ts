import { expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { covarianceWithinClasses } from "./covariance-within.ts";

it("counts each class alike, by hand", () => {
  // Class 0: (±1, ±2) along one line, four rows. Class 1: (0, ±1), two rows.
  const values = Float32Array.of(1, 2, -1, -2, 1, 2, -1, -2, 10, 1, 10, -1);
  const X = new Embeddings(values, 2, { labels: Int32Array.of(0, 0, 0, 0, 1, 1) });
  expect(Array.from(covarianceWithinClasses(X))).toEqual([0.5, 1, 1, 2.5]);
});

it("refuses rows without labels", () => {
  expect(() => covarianceWithinClasses(new Embeddings(Float32Array.of(1), 1))).toThrow(
    "covarianceWithinClasses: expected rows with labels",
  );
});
