import { Random } from "@semblant/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plain } from "./plain.ts";

const cases = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 0xfffffffe }));

describe("plain sampler", () => {
  it("gives every row once an epoch, in another order each time", () => {
    fc.assert(
      fc.property(cases, ([rows, batch, seed]) => {
        const sampler = plain({ length: rows }, { batch, random: new Random(seed) });
        for (let epoch = 0; epoch < 3; epoch++) {
          const seen = Array.from({ length: sampler.batchesPerEpoch }, () => [...sampler.next()]).flat();
          expect(seen.sort((a, b) => a - b)).toEqual([...Array(rows).keys()]);
        }
      }),
    );
    const sampler = plain({ length: 50 }, { batch: 50, random: new Random(0) });
    expect(sampler.next()).not.toEqual(sampler.next());
  });

  it("ends an epoch with a smaller batch, or leaves it out when told to drop the last", () => {
    const random = new Random(0);
    const whole = plain({ length: 5 }, { batch: 2, random });
    expect(Array.from({ length: 6 }, () => whole.next().length)).toEqual([2, 2, 1, 2, 2, 1]);
    const dropping = plain({ length: 5 }, { batch: 2, random, dropLast: true });
    expect(dropping.batchesPerEpoch).toBe(2);
    const epochs = Array.from({ length: 10 }, () => [...dropping.next()]);
    expect(epochs.every((rows) => rows.length === 2)).toBe(true);
    for (let e = 0; e < 5; e++) expect(new Set(epochs.slice(2 * e, 2 * e + 2).flat()).size).toBe(4);
  });

  it("continues from a saved state with the same rows", () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 0, max: 9 }), ([rows, batch, seed], steps) => {
        const sampler = plain({ length: rows }, { batch, random: new Random(seed) });
        for (let step = 0; step < steps; step++) sampler.next();
        const again = plain({ length: rows }, { batch, random: new Random(seed === 0 ? 1 : 0) });
        again.resume(JSON.parse(JSON.stringify(sampler.state())));
        for (let step = 0; step < 9; step++) expect(again.next()).toEqual(sampler.next());
      }),
    );
  });

  it("refuses an empty set, a batch of 0 and a batch that dropping would never fill", () => {
    const random = new Random(0);
    expect(() => plain([], { batch: 2, random })).toThrow("plain: expected the number of rows to be a whole number above 0, but got 0.");
    expect(() => plain([1, 2], { batch: 0, random })).toThrow("plain: expected batch to be a whole number above 0, but got 0.");
    expect(() => plain([1, 2], { batch: 3, random, dropLast: true })).toThrow(
      "plain: expected batchesPerEpoch (rows / batch, rounded down) to be a whole number above 0, but got 0.",
    );
  });
});
