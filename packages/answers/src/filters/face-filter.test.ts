import { expect, it } from "vitest";
import { conditionOfFilter, type FaceFilter, type FilteredFace } from "./face-filter.ts";

const classes = ["neutral", "happiness"];
const face = (given: Partial<FilteredFace> = {}): FilteredFace => ({
  predicted: 1,
  score: 0.9,
  quality: { side: 80, sharpness: 0.5, yaw: -30 },
  photo: { path: "2024/may/a.jpg", taken: Date.UTC(2024, 4, 1, 10), faces: 2 },
  ...given,
});
const passes = (filter: FaceFilter, one = face()) => conditionOfFilter(filter, classes)(one);

it("lets through what a filter means", () => {
  expect(passes({})).toBe(true);
  expect([passes({ folder: "2024" }), passes({ folder: "./2024/may/" }), passes({ folder: "20" }), passes({ folder: "." })]).toEqual([
    true,
    true,
    false,
    true,
  ]);
  expect([passes({ since: "2024-05-01" }), passes({ since: "2024-06" }), passes({ until: "2024-05-01" })]).toEqual([true, false, false]);
  expect(passes({ since: 0 }, face({ photo: { path: "a.jpg", faces: 1 } }))).toBe(false);
  expect([passes({ side: 80 }), passes({ side: 81 }), passes({ turn: 30 }), passes({ turn: 29 })]).toEqual([true, false, true, false]);
  expect([passes({ people: { least: 2, most: 2 } }), passes({ people: { least: 3 } }), passes({ people: { most: 1 } })]).toEqual([
    true,
    false,
    false,
  ]);
});

it("asks for the corrected expression before the model's", () => {
  expect(passes({ expression: "happiness" })).toBe(true);
  expect(passes({ expression: "happiness" }, face({ label: "neutral" }))).toBe(false);
  expect(passes({ expression: "smirk" }, face({ label: "smirk" }))).toBe(true);
  expect(() => passes({ expression: "hapiness" })).toThrow('filter: unknown expression "hapiness"; did you mean "happiness"?');
  expect(() => passes({ since: "yesterday" })).toThrow("filter: expected since to be a day such as 2024-05-01, or milliseconds since 1970");
});
