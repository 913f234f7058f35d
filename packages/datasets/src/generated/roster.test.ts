import { Random } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { expressions } from "../../../core/src/expressions.ts";
import { drawRoster, type Sitting } from "./roster.ts";
import { SUBCLASSES } from "./subclasses.ts";

describe("roster of generated faces", () => {
  it("gives every person to one split: a tenth validation, a fifth test, the rest training", () => {
    const roster = drawRoster(4000, 250, "equal", new Random(1));
    const people = (split: string) => new Set(roster.filter((sitting) => sitting.split === split).map((sitting) => sitting.person));
    const [train, validation, test] = [people("train"), people("validation"), people("test")];
    expect([train.size, validation.size, test.size]).toEqual([175, 25, 50]);
    expect(new Set([...train, ...validation, ...test]).size).toBe(250);
  });

  it("has every pair of class and sub-class exactly as often in each split, where the numbers divide", () => {
    const roster = drawRoster(4000, 250, "equal", new Random(2));
    expect(pairCounts(roster, "train")).toEqual(new Set([70]));
    expect(pairCounts(roster, "validation")).toEqual(new Set([10]));
    expect(pairCounts(roster, "test")).toEqual(new Set([20]));
  });

  it("has them to a third where the numbers do not divide", () => {
    const counts = [...pairCounts(drawRoster(3333, 123, "equal", new Random(3)), "train")];
    expect(Math.min(...counts)).toBeGreaterThan((2 / 3) * Math.max(...counts));
  });

  it("has FER+'s class shares when the balance is natural, and at least one of each class", () => {
    const shares = (count: number) => classCounts(drawRoster(count, 10, "natural", new Random(4)));
    expect(shares(25045)).toEqual([8731, 7283, 3136, 3022, 2098, 117, 537, 121]);
    expect(Math.min(...shares(24))).toBe(1);
  });

  it("leaves no split empty with three people", () => {
    const splits = new Set(drawRoster(24, 3, "equal", new Random(5)).map((sitting) => sitting.split));
    expect(splits).toEqual(new Set(["train", "validation", "test"]));
  });
});

function classCounts(roster: readonly Sitting[]): number[] {
  return expressions.map((_, label) => roster.filter((sitting) => sitting.label === label).length);
}

function pairCounts(roster: readonly Sitting[], split: string): Set<number> {
  const counts = expressions.flatMap((_, label) =>
    SUBCLASSES.map((_, subclass) => roster.filter((s) => s.split === split && s.label === label && s.subclass === subclass).length),
  );
  return new Set(counts);
}
