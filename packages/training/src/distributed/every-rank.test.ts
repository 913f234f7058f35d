import { DataError, EngineError } from "@semblant/core";
import type { ProcessGroup } from "@semblant/torch";
import { describe, expect, it } from "vitest";
import { everyRank } from "./every-rank.ts";

/** Rank 1 of three, whose others say what they are told to say. */
function groupWith(first: string, last: string): ProcessGroup {
  const exchange = (_what: string, text: string) => [first, text, last];
  return { rank: 1, size: 3, exchange } as unknown as ProcessGroup;
}
const well = "{}";
const failed = (name: string, message: string) => JSON.stringify({ name, message });

describe("everyRank", () => {
  it("is the work itself without a group, and where all ranks could do it", () => {
    expect(everyRank(undefined, "add", () => 2)).toBe(2);
    expect(everyRank(groupWith(well, well), "add", () => 2)).toBe(2);
  });

  it("names the first rank that could not, in the class of its error and without its advice", () => {
    const group = groupWith(well, failed("DataError", "/faces: there is no such folder.\n  Is it mounted?"));
    const words = new DataError("train: rank 2 stopped before the first step.\n  /faces: there is no such folder.");
    expect(() => everyRank(group, "read", () => 2)).toThrow(words);
    const strange = groupWith(failed("RangeError", "out of memory"), failed("DataError", "gone"));
    expect(() => everyRank(strange, "read", () => 2)).toThrow(
      new EngineError("train: rank 0 stopped before the first step.\n  out of memory"),
    );
  });

  it("throws the rank's own error where it has one", () => {
    const own = new DataError("mine");
    const fail = () => {
      throw own;
    };
    expect(() => everyRank(groupWith(failed("DataError", "theirs"), well), "read", fail)).toThrow(own);
    const gone = { rank: 1, size: 3, exchange: () => fail2() } as unknown as ProcessGroup;
    expect(() => everyRank(gone, "read", fail)).toThrow(own);
  });
});

function fail2(): never {
  throw new EngineError("rank 0 is gone");
}
