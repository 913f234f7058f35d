import { expect, it } from "vitest";
import { clock } from "./clock.ts";

it("shows minutes, seconds and tenths", () => {
  expect([0, 99, 100, 59_999, 60_000, 83_450, -5].map(clock)).toEqual([
    "0:00.0",
    "0:00.0",
    "0:00.1",
    "0:59.9",
    "1:00.0",
    "1:23.4",
    "0:00.0",
  ]);
});
