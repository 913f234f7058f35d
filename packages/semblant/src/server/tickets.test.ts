import { expect, it } from "vitest";
import { Tickets } from "./tickets.ts";

it("a ticket lets in once, within two minutes", () => {
  let now = 0;
  const tickets = new Tickets(() => now);
  const [first, second] = [tickets.issue(), tickets.issue()];
  expect(first).not.toBe(second);
  expect([tickets.take(first), tickets.take(first), tickets.take("none")]).toEqual([true, false, false]);
  now = 120_001;
  expect(tickets.take(second)).toBe(false);
});
