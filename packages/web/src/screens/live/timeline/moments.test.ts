import { expect, it } from "vitest";
import { addMoment, type Moment, momentAt } from "./moments.ts";

const at = (...times: number[]): Moment[] => times.map((time) => ({ time, sightings: [] }));

it("keeps moments in the order of time, whenever they were read", () => {
  const moments = at(0, 400);
  for (const time of [800, 200, 100]) addMoment(moments, { time, sightings: [] });
  expect(moments.map(({ time }) => time)).toEqual([0, 100, 200, 400, 800]);
});

it("finds the nearest moment, and none that is too far", () => {
  const moments = at(0, 100, 400);
  expect(momentAt(moments, 130, 50)?.time).toBe(100);
  expect(momentAt(moments, 260, 200)?.time).toBe(400);
  expect(momentAt(moments, 250, 100)).toBeUndefined();
  expect(momentAt(moments, 900, 1000)?.time).toBe(400);
  expect(momentAt([], 0, 1000)).toBeUndefined();
});
