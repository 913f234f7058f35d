import { describe, expect, it } from "vitest";
import { tensor, zeros } from "./creation.ts";
import type { DType } from "./dtype.ts";
import { seed } from "./engine.ts";
import stored from "./fixtures/layers.json" with { type: "json" };
import { constant, kaimingNormal, normal, uniform } from "./initialization.ts";
import { AdaptiveAvgPool2d, BatchNorm2d, Conv2d, Dropout, Flatten, Identity, Linear, MaxPool2d, ReLU, Sequential } from "./layers.ts";
import type { Tensor } from "./tensor.ts";

interface Stored {
  shape: number[];
  dtype: string;
  values: number[];
}

const network = (): Sequential =>
  new Sequential(
    new Conv2d(1, 4, 3, { padding: 1 }),
    new BatchNorm2d(4),
    new ReLU(),
    new MaxPool2d(2),
    new AdaptiveAvgPool2d(2),
    new Flatten(),
    new Linear(16, 3, { bias: false }),
  );
const load = ({ shape, dtype, values }: Stored): Tensor => tensor(values, { shape, dtype: dtype as DType });
const expectClose = (actual: Tensor, expected: Stored, tolerance = 1e-6): void => {
  expect(actual.shape).toEqual(expected.shape);
  const values = actual.data();
  expected.values.forEach((value, i) => {
    expect(Math.abs(Number(values[i]) - value)).toBeLessThan(tolerance);
  });
};

describe("layers", () => {
  it("have PyTorch's names in the state dictionary, in PyTorch's order", () => {
    expect([...network().stateDict().keys()]).toEqual(Object.keys(stored.initial));
  });

  it("begin, after the same seed, with PyTorch's weights", () => {
    seed(3);
    const state = network().stateDict();
    for (const [name, expected] of Object.entries(stored.initial)) expectClose(state.get(name) as Tensor, expected);
  });

  it("give PyTorch's numbers in training and in use, and its running statistics", () => {
    const layers = network();
    layers.loadStateDict(new Map(Object.entries(stored.initial).map(([name, values]) => [name, load(values)])));
    const x = load(stored.x);
    expectClose(layers.forward(x), stored["in training"], 1e-5);
    const state = layers.stateDict();
    for (const [name, expected] of Object.entries(stored["after training"])) expectClose(state.get(name) as Tensor, expected);
    expectClose(layers.eval().forward(x), stored["in use"], 1e-5);
  });

  it("of batch norm take the statistics of what they are given next, once, and answer as before", () => {
    seed(2);
    const norm = new BatchNorm2d(3).eval();
    norm.loadStateDict(
      new Map([
        ["weight", tensor([1, -2, 0.5])],
        ["bias", tensor([0, 1, -1])],
        ["running_mean", tensor([0.1, 0, -3])],
        ["running_var", tensor([1, 4, 0.25])],
      ]),
      { strict: false },
    );
    const x = normal(zeros([5, 3, 4, 4]), 2).add(1);
    const before = norm.forward(x).data() as Float32Array;
    norm.adoptStatistics();
    const [adopting, after, training] = [norm.forward(x), norm.forward(x), norm.train().forward(x)].map((y) => y.data() as Float32Array);
    before.forEach((y, i) => {
      for (const same of [adopting, after, training]) expect(same?.[i]).toBeCloseTo(y, 4);
    });
    norm.eval();
    const mean = x.mean([0, 2, 3]).data();
    Array.from(norm.runningMean.data() as Float32Array).forEach((m, c) => {
      expect(m).toBeCloseTo(Number(mean[c]), 4);
    });
  });

  it("drop the elements that PyTorch drops after the same seed", () => {
    seed(5);
    expectClose(new Dropout(0.25).forward(tensor(new Float32Array(32).fill(1))), stored.dropout);
  });

  it("draw Kaiming's normal weights as PyTorch does after the same seed", () => {
    seed(4);
    expectClose(kaimingNormal(zeros([4, 2, 3, 3]), { mode: "fanOut" }), stored.kaimingNormal);
  });

  it("are filled by name: normal, uniform, constant", () => {
    seed(1);
    expect(
      normal(zeros([10_000]), 2)
        .variance()
        .sqrt()
        .item(),
    ).toBeCloseTo(2, 1);
    const even = uniform(zeros([1000]), -3, -1);
    expect([even.amin().item() >= -3, even.amax().item() <= -1]).toEqual([true, true]);
    expect(constant(zeros([2]), 7).data()).toEqual(Float32Array.of(7, 7));
  });

  it("pass everything on where nothing is to be done: Identity always, Dropout in use", () => {
    const x = tensor([1, 2]);
    expect(new Identity().forward(x)).toBe(x);
    expect(new Dropout(0.9).eval().forward(x).data()).toEqual(Float32Array.of(1, 2));
  });

  it("say which option is wrong", () => {
    expect(() => new Linear(0, 3)).toThrow("Linear: expected inputs to be a whole number from 1, but got 0.");
    expect(() => new Conv2d(4, 6, 3, { groups: 3 })).toThrow(
      "Conv2d: expected groups to be a divisor of 4 channels and 6 filters, but got 3.",
    );
    expect(() => new Dropout(2)).toThrow("Dropout: expected p to be from 0 to 1, but got 2.");
    expect(() => kaimingNormal(zeros([3]))).toThrow("kaimingNormal: expected weights (outputs, inputs, …), but got shape (3).");
  });
});
