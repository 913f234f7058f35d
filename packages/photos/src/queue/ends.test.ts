import { describe, expect, it } from "vitest";
import { Ends } from "./ends.ts";

const later = <T>(value: T, ms: number) => new Promise<T>((resolve) => setTimeout(() => resolve(value), ms));

describe("Ends", () => {
  it("gives promises in the order in which they end, whenever it is asked", async () => {
    const ends = new Ends<string>();
    for (const [name, ms] of [
      ["slow", 40],
      ["quick", 1],
      ["middling", 15],
    ] as const)
      ends.await(later(name, ms));
    expect([await ends.next(), await ends.next(), await ends.next()]).toEqual(["quick", "middling", "slow"]);
    ends.await(Promise.resolve("waiting"));
    await later(0, 5);
    expect(await ends.next()).toBe("waiting");
  });

  it("throws what a promise was rejected with, and goes on with the others", async () => {
    const ends = new Ends<string>();
    ends.await(Promise.reject(new RangeError("no")));
    ends.await(later("yes", 5));
    await expect(ends.next()).rejects.toThrow(new RangeError("no"));
    expect(await ends.next()).toBe("yes");
  });

  it("stops waiting when the signal aborts, with its reason", async () => {
    const stop = new AbortController();
    const ends = new Ends<string>(stop.signal);
    ends.await(later("late", 10_000));
    const waiting = ends.next();
    stop.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    ends.release();
  });
});
