import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { follow, following } from "./validation-lag.ts";

/** Mean losses and validations of trainings: see its `about`. */
const { curves } = JSON.parse(readFileSync(new URL("../fixtures/recorded-curves.json", import.meta.url), "utf8")) as {
  curves: Record<string, { ordered: boolean; losses: number[]; values: number[] }>;
};

/** The warnings of a training, from the mean loss up to each validation and what that said, in percent. */
function warnings(losses: readonly number[], values: readonly number[], settings = {}): (string | undefined)[] {
  let state = following;
  return losses.map((loss, i) => {
    state = follow(state, loss - 0.1, undefined).state; // two steps with this mean
    const { state: next, warning } = follow(state, loss + 0.1, values[i], settings);
    state = next;
    return warning?.message;
  });
}

const warned = (losses: readonly number[], values: readonly number[]) => warnings(losses, values).map((warning) => warning !== undefined);
const never = (count: number) => Array.from({ length: count }, () => false);

describe("follow", () => {
  it("has nothing to say where validation gains what the loss promises", () => {
    expect(warned([0.9, 0.7, 0.5, 0.3, 0.1], [20, 38, 55, 73, 90])).toEqual(never(5));
  });

  it("warns at the second validation on end that lags, and says what may help", () => {
    expect(warnings([0.8, 0.4, 0.3], [20, 25, 24])).toEqual([
      undefined,
      undefined,
      "What is learned holds for the training faces alone: the loss has fallen by 63 %, but validation went from 20.0 to 24.0 %. " +
        "What may help: more faces of each class in a batch (perClass), more training faces.",
    ]);
  });

  it("names loss.leaveOneOut where the loss has it and it is off", () => {
    const bad = (settings: object) => warnings([0.8, 0.4, 0.3], [20, 20, 20], settings).at(-1);
    expect(bad({ leaveOneOut: false })).toContain("(perClass), loss.leaveOneOut=true, more training faces.");
    expect(bad({ leaveOneOut: true })).not.toContain("leaveOneOut");
  });

  it("takes a warning back once validation follows", () => {
    expect(warned([0.8, 0.4, 0.3, 0.3, 0.3], [20, 20, 20, 70, 20])).toEqual([false, false, true, false, false]);
  });

  it("does not warn of a network that was good from the first, or of a loss that hardly falls", () => {
    expect(warned([0.3, 0.2, 0.15, 0.12], [85, 86, 86, 86])).toEqual(never(4));
    expect(warned([0.9, 0.7, 0.65, 0.61], [13, 13, 13, 13])).toEqual(never(4));
  });

  it("tells recorded trainings that ordered their space from those that did not", () => {
    const told = Object.entries(curves).map(([name, { losses, values }]) => [name, warned(losses, values).includes(true)]);
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(Object.entries(curves).map(([name, { ordered }]) => [name, !ordered])));
  });

  it("says nothing between validations, and goes on from a state read back from JSON", () => {
    const once = follow(following, 0.8, 20).state;
    const twice = follow(JSON.parse(JSON.stringify(once)), 0.3, 20).state;
    expect(follow(twice, 0.3, undefined).warning).toBeUndefined();
    expect(follow(twice, 0.3, 20).warning?.reason).toBe("validation lags");
  });
});
