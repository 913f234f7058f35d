import { liveTensors, tensor } from "@semblant/torch";
import { describe, expect, it } from "vitest";
import { WeightAverage } from "./weight-average.ts";

const values = (average: WeightAverage, name: string) => Array.from(average.tensors().get(name)?.data() as Float32Array);

describe("WeightAverage", () => {
  it("begins at the weights and moves by 1 − (1 + step) / (10 + step) in the first steps", () => {
    const weight = tensor([1, 2]);
    const average = new WeightAverage(new Map([["w", weight]]), 0.998);
    expect(values(average, "w")).toEqual([1, 2]);
    weight.copyInPlace(tensor([12, 2]));
    average.update(1);
    expect(values(average, "w")[0]).toBeCloseTo(1 + (11 * 9) / 11, 5);
    expect(values(average, "w")[1]).toBe(2);
  });

  it("moves by 1 − decay later", () => {
    const weight = tensor([0]);
    const average = new WeightAverage(new Map([["w", weight]]), 0.9);
    weight.copyInPlace(tensor([1]));
    average.update(10_000);
    expect(values(average, "w")[0]).toBeCloseTo(0.1, 6);
  });

  it("copies counters, which have no average", () => {
    const counter = tensor(BigInt64Array.of(3n));
    const average = new WeightAverage(new Map([["n", counter]]), 0.9);
    counter.copyInPlace(tensor(BigInt64Array.of(8n)));
    average.update(1);
    expect(average.tensors().get("n")?.item()).toBe(8);
  });

  it("lends the averages to the weights, and takes them back even if the borrower throws", () => {
    const weight = tensor([1]);
    const average = new WeightAverage(new Map([["w", weight]]), 0.9);
    weight.copyInPlace(tensor([5]));
    expect(average.during(() => weight.item())).toBe(1);
    expect(weight.item()).toBe(5);
    expect(() =>
      average.during(() => {
        throw new Error("no");
      }),
    ).toThrow("no");
    expect([weight.item(), values(average, "w")[0]]).toEqual([5, 1]);
  });

  it("holds one tensor a weight, and none once it is disposed", () => {
    const weight = tensor([1]);
    const before = liveTensors();
    const average = new WeightAverage(new Map([["w", weight]]), 0.9);
    average.update(1);
    average.during(() => 0);
    expect(liveTensors()).toBe(before + 1);
    average.dispose();
    expect(liveTensors()).toBe(before);
  });
});
