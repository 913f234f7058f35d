import { describe, expect, it } from "vitest";
import { examine, healthy, type Signs } from "./health.ts";

const well: Signs = { loss: 0.5, spread: 0.3 };

/** What is said at each of so many steps with the same signs. */
function repeated(signs: Signs, steps: number, from = healthy) {
  let state = from;
  const ended: (string | undefined)[] = [];
  for (let step = 1; step <= steps; step++) {
    const answer = examine(state, signs, step);
    state = answer.state;
    ended.push(answer.ended?.message);
  }
  return { state, ended };
}

describe("examine", () => {
  it("has nothing to say of a training that is well", () => {
    expect(repeated(well, 1000).ended.every((message) => message === undefined)).toBe(true);
  });

  it("stops at once when the loss is not a number or infinite", () => {
    expect(examine(healthy, { ...well, loss: Number.NaN }, 7).ended).toEqual({
      reason: "not finite",
      message: "The loss is NaN at step 7; a lower learning rate or a clip of gradients may help.",
    });
    expect(examine(healthy, { ...well, loss: Number.POSITIVE_INFINITY }, 7).ended?.reason).toBe("not finite");
  });

  it("stops when the embeddings have been one point for 20 steps on end", () => {
    const { ended } = repeated({ ...well, spread: 1e-9 }, 20);
    expect(ended.findIndex((message) => message !== undefined)).toBe(19);
    expect(ended[19]).toBe(
      "All embeddings have been one point for 20 steps, up to step 20; a lower learning rate or softer mining may help.",
    );
  });

  it("stops when every triplet has cost the margin for 100 steps on end, and not when some cost less", () => {
    const { state } = examine(healthy, { ...well, loss: 1.4, activeTriplets: 1, margin: 1 }, 0);
    const { ended } = repeated({ ...well, loss: 1.01, activeTriplets: 1, margin: 1 }, 100, state);
    expect(ended.findIndex((message) => message !== undefined)).toBe(99);
    expect(ended[99]).toBe(
      "Every triplet has cost the margin for 100 steps, up to step 100: embeddings are drawn to one point; softer mining (semi-hard) or a lower learning rate may help.",
    );
    expect(repeated({ ...well, loss: 1.01, activeTriplets: 0.99, margin: 1 }, 200).ended.at(-1)).toBeUndefined();
    expect(repeated({ ...well, loss: 1.03, activeTriplets: 1, margin: 1 }, 200).ended.at(-1)).toBeUndefined();
  });

  it("gives a training that began at the margin 500 steps to leave it", () => {
    const { ended } = repeated({ ...well, loss: 1.01, activeTriplets: 1, margin: 1 }, 500);
    expect(ended.findIndex((message) => message !== undefined)).toBe(499);
    expect(ended[499]).toMatch(/^Every triplet has cost the margin for 500 steps, up to step 500/);
  });

  it("starts counting anew after a step that was well", () => {
    const almost = repeated({ ...well, spread: 0 }, 19).state;
    const after = examine(almost, well, 20).state;
    expect(repeated({ ...well, spread: 0 }, 19, after).ended.at(-1)).toBeUndefined();
  });

  it("stops when no triplet has had a loss for 500 steps, and not when there are no triplets", () => {
    const { ended } = repeated({ ...well, activeTriplets: 0 }, 500);
    expect(ended.findIndex((message) => message !== undefined)).toBe(499);
    expect(ended[499]).toMatch(/^No triplet has had a loss for 500 steps/);
    expect(repeated({ ...well, activeTriplets: 0.001 }, 500).ended.at(-1)).toBeUndefined();
  });
});
