import { Random } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { expressions } from "../../../core/src/expressions.ts";
import { type Action, drawAction, rest, UNITS } from "./action-units.ts";
import { castVotes, leads, opinion } from "./votes.ts";

describe("actions of an expression", () => {
  it("stay from 0 to 1, however difficult", () => {
    const random = new Random(1);
    for (const difficulty of [0, 1, 2]) {
      for (const expression of expressions) {
        for (let k = 0; k < 20; k++) {
          const values = Object.values(drawAction(expression, random, difficulty));
          expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
        }
      }
    }
  });

  it("are the prototype at difficulty 0: a neutral face rests, a happy-looking one pulls both corners alike", () => {
    expect(drawAction("neutral", new Random(2), 0)).toEqual(rest());
    const happy = drawAction("happiness", new Random(2), 0);
    expect([happy.cornerPullLeft, happy.cornerPullRight, happy.browLower]).toEqual([0.9, 0.9, 0]);
  });

  it("pull one corner only in contempt, left and right about equally often", () => {
    const random = new Random(3);
    let left = 0;
    for (let k = 0; k < 200; k++) {
      const action = drawAction("contempt", random, 0);
      expect(Math.min(action.cornerPullLeft, action.cornerPullRight)).toBe(0);
      if (action.cornerPullLeft > 0) left++;
    }
    expect(left).toBeGreaterThan(75);
    expect(left).toBeLessThan(125);
  });

  it("differ more from picture to picture the more difficult", () => {
    const spread = (difficulty: number) => {
      const random = new Random(4);
      const jaws = Array.from({ length: 200 }, () => drawAction("surprise", random, difficulty).jawDrop);
      const mean = jaws.reduce((a, b) => a + b, 0) / jaws.length;
      return jaws.reduce((sum, jaw) => sum + (jaw - mean) ** 2, 0);
    };
    expect(spread(0)).toBeLessThan(spread(0.5));
    expect(spread(0.5)).toBeLessThan(spread(1));
  });
});

describe("votes of simulated raters", () => {
  it("go to the expression whose prototype is shown", () => {
    const random = new Random(5);
    for (const [label, expression] of expressions.entries()) {
      expect(leads(castVotes(drawAction(expression, random, 0), random), label)).toBe(true);
    }
  });

  it("sum to one and are tenths", () => {
    const votes = castVotes(drawAction("fear", new Random(6), 1), new Random(6));
    expect(votes.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
    expect(Array.from(votes, (share) => Math.round(share * 10) / 10)).toEqual(Array.from(votes, (share) => expect.closeTo(share, 6)));
  });

  it("are divided between fear and surprise by a face half way between them", () => {
    const half = blend(drawAction("fear", new Random(7), 0), drawAction("surprise", new Random(7), 0), 0.5);
    const chances = opinion(half);
    const rest = 1 - (chances[2] as number) - (chances[6] as number);
    expect(Math.min(chances[2] as number, chances[6] as number)).toBeGreaterThan(0.15);
    expect(rest).toBeLessThan(0.2);
  });

  it("leave happiness for neutral as a smile fades", () => {
    const smile = drawAction("happiness", new Random(8), 0);
    const shares = [1, 0.6, 0.3, 0.1].map((strength) => opinion(blend(rest(), smile, strength))[1] as number);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    expect(shares[3]).toBeLessThan(0.2);
  });
});

function blend(a: Action, b: Action, share: number): Action {
  return Object.fromEntries(UNITS.map((unit) => [unit, a[unit] + (b[unit] - a[unit]) * share])) as Action;
}
