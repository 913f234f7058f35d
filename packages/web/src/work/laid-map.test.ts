import { expect, it } from "vitest";
import { laidMap } from "./laid-map.ts";
import { packMap } from "./saved-map.ts";

const document = packMap({
  model: "best 1",
  seed: 0,
  iteration: 1000,
  iterations: 1000,
  ids: Float64Array.of(7, 3, 9, 4),
  positions: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7),
  placed: new Uint8Array(4),
});
const library = { ids: [3, 4, 5, 7], embeddings: Float32Array.of(30, 31, 40, 41, 50, 51, 70, 71), model: "best 1" };

it("has the faces that are on the map and in the library still", () => {
  const { trouble, positions, rows, X } = laidMap({ document, ...library });
  expect(trouble).toBeUndefined();
  expect(rows).toEqual(Int32Array.of(3, 0, 1));
  expect(positions).toEqual(Float32Array.of(0, 1, 2, 3, 6, 7));
  expect(X.values).toEqual(Float32Array.of(70, 71, 30, 31, 40, 41));
  expect(X.columns).toBe(2);
});

it("says where there is none, and where it is of another model", () => {
  expect(laidMap({ document: null, ...library }).trouble).toBe("none");
  expect(laidMap({ document: { version: 99 }, ...library }).trouble).toBe("none");
  expect(laidMap({ document, ...library, ids: [100, 101, 102, 103] }).trouble).toBe("none");
  expect(laidMap({ document, ...library, model: "small 1" }).trouble).toBe("other");
});
