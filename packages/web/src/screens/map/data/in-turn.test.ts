import { describe, expect, it } from "vitest";
import { eachInTurn } from "./in-turn.ts";

describe("eachInTurn", () => {
  it("does each once, in order, a few at once", async () => {
    let [now, most] = [0, 0];
    const done: number[] = [];
    await eachInTurn([1, 2, 3, 4, 5, 6, 7, 8, 9], async (one) => {
      most = Math.max(most, ++now);
      await Promise.resolve();
      done.push(one);
      now -= 1;
    });
    expect(done).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(most).toBe(4);
  });

  it("ends with the first that fails", async () => {
    const done: number[] = [];
    const work = async (one: number) => {
      if (one === 6) throw new Error("full disk");
      done.push(one);
    };
    await expect(
      eachInTurn(
        Array.from({ length: 50 }, (_, i) => i + 1),
        work,
      ),
    ).rejects.toThrow("full disk");
    expect(done.length).toBeLessThan(15);
  });
});
