import { expect, it } from "vitest";
import { Rate } from "./rate.ts";

it("is the pictures in a second over the last two", () => {
  const rate = new Rate();
  expect([0, 100].map((time) => rate.note(time))).toEqual([undefined, undefined]);
  expect(rate.note(200)).toBe(10);
  for (let time = 400; time <= 3000; time += 200) rate.note(time);
  expect(rate.note(3200)).toBe(5);
  rate.clear();
  expect(rate.note(3300)).toBeUndefined();
});
