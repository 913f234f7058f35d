import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupNearDuplicates, hashDistance, type NearDuplicateRow } from "./near-duplicates.ts";

const hash = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
/** A few base pictures with some bits flipped: near-duplicates and others, some without a time. */
const shots = fc.array(
  fc.record(
    {
      perceptualHash: fc
        .tuple(fc.constantFrom(0n, 0xffffn << 20n, (1n << 64n) - 1n), fc.array(fc.integer({ min: 0, max: 63 }), { maxLength: 8 }))
        .map(([base, flips]) => flips.reduce((value, bit) => value ^ (1n << BigInt(bit)), base)),
      taken: fc.integer({ min: 0, max: 60_000 }),
    },
    { requiredKeys: ["perceptualHash"] },
  ),
  { maxLength: 25 },
) as fc.Arbitrary<NearDuplicateRow[]>;

/** The definition, pair by pair. */
function plainGroups(all: readonly NearDuplicateRow[], { bits = 12, seconds = 30, copyBits = 3 } = {}): number[] {
  const near = (a: NearDuplicateRow, b: NearDuplicateRow) => {
    const differing = hashDistance(a.perceptualHash, b.perceptualHash);
    const together = a.taken !== undefined && b.taken !== undefined && Math.abs(a.taken - b.taken) <= 1000 * seconds;
    return differing <= copyBits || (together && differing <= bits);
  };
  const groups = all.map((_, i) => i);
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = 0; i < all.length; i++) {
      for (let j = 0; j < all.length; j++) {
        if (!near(all[i] as NearDuplicateRow, all[j] as NearDuplicateRow) || (groups[i] as number) <= (groups[j] as number)) continue;
        groups[i] = groups[j] as number;
        changed = true;
      }
    }
  }
  const names = [...new Set(groups)];
  return groups.map((group) => names.indexOf(group));
}

describe("hashDistance", () => {
  it("counts the bits that differ, as written out in binary", () => {
    fc.assert(
      fc.property(hash, hash, (a, b) => {
        expect(hashDistance(a, b)).toBe([...(a ^ b).toString(2)].filter((bit) => bit === "1").length);
        expect(hashDistance(a, b)).toBe(hashDistance(b, a));
      }),
    );
    expect(hashDistance(0n, (1n << 64n) - 1n)).toBe(64);
    expect(hashDistance(-1n, (1n << 64n) - 1n)).toBe(0);
  });
});

describe("groups of near-duplicates", () => {
  it("are those that looking at every pair gives", () => {
    fc.assert(
      fc.property(shots, (all) => {
        expect(Array.from(groupNearDuplicates(all))).toEqual(plainGroups(all));
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(shots, fc.integer({ min: 0, max: 15 }), fc.integer({ min: 0, max: 20 }), (all, copyBits, bits) => {
        expect(Array.from(groupNearDuplicates(all, { copyBits, bits, seconds: 5 }))).toEqual(
          plainGroups(all, { copyBits, bits, seconds: 5 }),
        );
      }),
    );
  });

  it("do not depend on the order of the shots", () => {
    fc.assert(
      fc.property(shots, (all) => {
        const backwards = Array.from(groupNearDuplicates([...all].reverse())).reverse();
        const forwards = groupNearDuplicates(all);
        for (let i = 0; i < all.length; i++) {
          for (let j = 0; j < i; j++) expect(backwards[i] === backwards[j]).toBe(forwards[i] === forwards[j]);
        }
      }),
    );
  });

  it("hold a burst together shot by shot, and copies without a time", () => {
    const burst = [0, 20, 40, 300].map((second, i) => ({ perceptualHash: (1n << BigInt(5 * i)) - 1n, taken: 1000 * second }));
    expect(Array.from(groupNearDuplicates(burst))).toEqual([0, 0, 0, 1]);
    expect(Array.from(groupNearDuplicates([{ perceptualHash: 7n }, { perceptualHash: 5n }, { perceptualHash: 0xfff0n }]))).toEqual([
      0, 0, 1,
    ]);
  });

  it("are found in ten thousand shots of different moments", () => {
    const many = Array.from({ length: 10_000 }, (_, i) => ({
      perceptualHash: BigInt.asUintN(64, BigInt(i) * 0x9e3779b97f4a7c15n),
      taken: i * 9e4,
    }));
    const found = groupNearDuplicates([...many, { perceptualHash: (many[77] as NearDuplicateRow).perceptualHash ^ 5n }]);
    expect(found.at(-1)).toBe(found[77]);
    expect(new Set(found).size).toBeGreaterThan(9_900);
  });

  it("say which option is out of range", () => {
    expect(() => groupNearDuplicates([], { bits: 65 })).toThrow(
      "groupNearDuplicates: expected bits to be a whole number from 0 to 64, but got 65.",
    );
    expect(() => groupNearDuplicates([], { copyBits: 16 })).toThrow("expected copyBits to be a whole number from 0 to 15, but got 16.");
    expect(() => groupNearDuplicates([], { seconds: -1 })).toThrow("expected seconds to be a number from 0, but got -1.");
    expect(() => groupNearDuplicates([], { second: 1 } as never)).toThrow('unknown option "second"; did you mean "seconds"?');
  });
});
