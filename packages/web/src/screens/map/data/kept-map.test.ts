import { describe, expect, it } from "vitest";
import { packMap, unpackMap } from "../../../work/saved-map.ts";
import { layOut } from "./lay-out.ts";

const map = {
  model: "posed 1",
  seed: 3,
  iteration: 700,
  iterations: 1000,
  ids: Float64Array.of(7, 4_000_000_000, 9),
  positions: Float32Array.of(1, 2, 3.5, -4, 5, 6),
  placed: Uint8Array.of(0, 0, 1),
};

describe("a kept map", () => {
  it("comes back from JSON as it was", () => {
    expect(unpackMap(JSON.parse(JSON.stringify(packMap(map))))).toEqual(map);
  });

  it("is none where another program, version or a broken hand wrote it", () => {
    const good = packMap(map) as Record<string, unknown>;
    const bad: unknown[] = [null, 3, "map", [], {}, { ...good, version: 2 }, { ...good, seed: "3" }, { ...good, iteration: -1 }];
    bad.push(
      { ...good, ids: "!!" },
      { ...good, ids: btoa("12345678") },
      { ...good, positions: btoa("12") },
      { ...good, placed: undefined },
    );
    const nan = btoa(String.fromCharCode(...new Uint8Array(Float32Array.of(1, 2, 3, Number.NaN, 5, 6).buffer)));
    bad.push({ ...good, positions: nan });
    expect(bad.map(unpackMap)).toEqual(bad.map(() => undefined));
  });

  it("finds the faces that are still there, and says which are new", () => {
    expect(layOut(Float64Array.of(9, 5, 7), map)).toEqual({
      positions: Float32Array.of(5, 6, 0, 0, 1, 2),
      known: Uint8Array.of(1, 0, 1),
      placed: Uint8Array.of(1, 0, 0),
      found: 2,
    });
  });
});
