import { expect, it } from "vitest";
import { choose, ordered } from "./chosen-shots.ts";
import type { Shot } from "./use-best.ts";

const shot = (photo: number): Shot => ({ photo, path: `${photo}.jpg`, score: 0.5, faces: [], missing: 0 });
const shots = [shot(1), shot(2), shot(3)];

it("puts the shot that a person chose first, and leaves the others in order", () => {
  expect(ordered(shots, []).map(({ photo }) => photo)).toEqual([1, 2, 3]);
  expect(ordered(shots, [9, 3]).map(({ photo }) => photo)).toEqual([3, 1, 2]);
});

it("chooses one shot per moment", () => {
  expect(choose([9, 2], shots, 3)).toEqual([9, 3]);
});
