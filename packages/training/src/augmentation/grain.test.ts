import { Random } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { grain, madeHere, madeThere } from "./grain.ts";

const seeds = [0, 7, 4294967295];

describe("grain", () => {
  it("is, seed by seed, what Box and Muller make of two uniform numbers each", () => {
    for (const count of [1, 2, 5, 64]) {
      const expected = seeds.flatMap((seed) => {
        const random = new Random(seed);
        return Array.from({ length: Math.ceil(count / 2) }, () => {
          const radius = 0.5 * Math.sqrt(-2 * Math.log(1 - random.uniform()));
          const angle = 2 * Math.PI * random.uniform();
          return [radius * Math.cos(angle), radius * Math.sin(angle)];
        })
          .flat()
          .slice(0, count);
      });
      const made = grain(seeds, count, 0.5, "cpu");
      expect(made.shape).toEqual([3, count]);
      expect(made.data()).toEqual(Float32Array.from(expected));
    }
  });

  it("is the same to rounding where it is made on the device, from the same draws", () => {
    for (const count of [1, 2, 5, 48 * 48]) {
      const [here, there] = [madeHere(seeds, count, 0.05), madeThere(seeds, count, 0.05, "cpu")];
      expect(there.shape).toEqual(here.shape);
      expect(there.dtype).toBe("float32");
      expect(there.sub(here).abs().amax().item()).toBeLessThan(1e-8);
    }
  });
});
