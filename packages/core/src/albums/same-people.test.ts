import { describe, expect, it } from "vitest";
import { groupNearDuplicates } from "./near-duplicates.ts";
import { samePeople } from "./same-people.ts";

const face = (color: number, x = 0.4, width = 0.2) => ({
  box: { x, y: 0.3, width, height: width },
  appearance: Array.from({ length: 12 }, (_, i) => color + i / 100),
});

describe("two shots of one moment", () => {
  it("show the same people: two men before one wall have one hash, and are two moments", () => {
    const shots = [
      { perceptualHash: 7n, faces: [face(0.3)] },
      { perceptualHash: 7n, faces: [face(0.42)] },
      { perceptualHash: 7n, faces: [face(0.31)] },
    ];
    expect([...groupNearDuplicates(shots)]).toEqual([0, 1, 0]);
    const timed = shots.map((shot, i) => ({ ...shot, taken: 1000 * i }));
    expect([...groupNearDuplicates(timed)]).toEqual([0, 1, 0]);
  });

  it("may have moved within a burst; copies have not", () => {
    const [left, right] = [[face(0.3, 0.1)], [face(0.35, 0.6)]];
    expect(samePeople(left, right, { asCopies: false })).toBe(true);
    expect(samePeople(left, right, { asCopies: true })).toBe(false);
    const shots = [
      { perceptualHash: 7n, taken: 0, faces: left },
      { perceptualHash: 7n, taken: 2000, faces: right },
    ];
    expect([...groupNearDuplicates(shots)]).toEqual([0, 0]);
    expect([...groupNearDuplicates(shots.map(({ taken: _taken, ...shot }) => shot))]).toEqual([0, 1]);
  });

  it("may lack a face that turned away, and are told by their hashes where there is no face", () => {
    expect(samePeople([face(0.3, 0.1), face(0.8, 0.6)], [face(0.8, 0.6)], { asCopies: false })).toBe(true);
    expect(samePeople([face(0.3, 0.1), face(0.8, 0.6)], [face(0.55, 0.6)], { asCopies: false })).toBe(false);
    expect(samePeople([face(0.3)], [], { asCopies: true })).toBe(true);
    expect(samePeople(undefined, [face(0.3)], { asCopies: true })).toBe(true);
  });
});
