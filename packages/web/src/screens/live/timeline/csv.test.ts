import { expect, it } from "vitest";
import { timelineCsv } from "./csv.ts";
import type { Moment } from "./moments.ts";

const moments: Moment[] = [
  {
    time: 1234.5,
    sightings: [
      {
        face: 3,
        place: { x: 0.25, y: 0.5, width: 0.1, height: 0.2 },
        distribution: Float64Array.of(0.25, 0.75),
        steady: Float64Array.of(0.5, 0.5),
        verdict: "named",
      },
    ],
  },
  { time: 1400, sightings: [] },
];

it("has a line per face and picture, in pixels and seconds", () => {
  expect(timelineCsv(moments, ["neutral", "happiness"], { width: 640, height: 360 })).toBe(
    "time,face,x,y,width,height,p neutral,p happiness,likest,verdict\r\n1.234,3,160,180,64,72,0.25,0.75,happiness,named\r\n",
  );
});

it("guards names of classes that a spreadsheet would run", () => {
  const csv = timelineCsv(moments, ['=cmd|"x"', "b"], { width: 1, height: 1 });
  expect(csv.split("\r\n")[0]).toBe('time,face,x,y,width,height,"p =cmd|""x""",p b,likest,verdict');
});
