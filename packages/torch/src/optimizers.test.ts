import { describe, expect, it } from "vitest";
import { Adam, AdamW } from "./adam.ts";
import { arange, tensor, zeros } from "./creation.ts";
import stored from "./fixtures/optimizers.json" with { type: "json" };
import { clipGradNorm } from "./gradient-norm.ts";
import type { Optimizer } from "./optimizer.ts";
import { tidy } from "./scopes.ts";
import { SGD } from "./sgd.ts";
import type { Tensor } from "./tensor.ts";

const kinds: Record<string, (parameters: Tensor[]) => Optimizer> = {
  Adam: (p) => new Adam(p, { learningRate: 0.1 }),
  "Adam with betas and eps": (p) => new Adam(p, { learningRate: 0.05, betas: [0.8, 0.9], eps: 1e-3 }),
  "Adam with weight decay": (p) => new Adam(p, { learningRate: 0.1, weightDecay: 0.1 }),
  AMSGrad: (p) => new Adam(p, { learningRate: 0.1, amsgrad: true }),
  AdamW: (p) => new AdamW(p, { learningRate: 0.1, weightDecay: 0.1 }),
  "AdamW as it comes": (p) => new AdamW(p, { learningRate: 0.1 }),
  SGD: (p) => new SGD(p, { learningRate: 0.05 }),
  "SGD with momentum": (p) => new SGD(p, { learningRate: 0.05, momentum: 0.9 }),
  "SGD with Nesterov momentum and weight decay": (p) => new SGD(p, { learningRate: 0.05, momentum: 0.9, nesterov: true, weightDecay: 0.1 }),
};
const paths: Record<string, number[][][]> = stored;

const start = (): Tensor[] =>
  [[-1, -0.5, 0, 0.5, 1], [[0.5, -2]]].map((values) => tensor(values, { dtype: "float64", requiresGrad: true }));

/** sum(a · (p − 1)²) + sum(p⁴) / 4, a = 1, 2, 3, …: as in fixtures/make.py. */
const loss = (parameters: Tensor[]): Tensor =>
  parameters
    .map((p) => arange(p.size).add(1).reshape(p.shape).mul(p.sub(1).square()).sum().add(p.pow(4).sum().div(4)))
    .reduce((sum, part) => sum.add(part));

const walk = (optimizer: Optimizer, parameters: Tensor[], steps: number): number[][][] =>
  Array.from({ length: steps }, () =>
    tidy(() => {
      optimizer.zeroGrad();
      loss(parameters).backward();
      optimizer.step();
      return parameters.map((p) => Array.from(p.data(), Number));
    }),
  );

describe("optimizers", () => {
  it.each(Object.keys(paths))("%s walks PyTorch's path", (name) => {
    const parameters = start();
    const path = walk((kinds[name] as (p: Tensor[]) => Optimizer)(parameters), parameters, 8);
    path.flat(2).forEach((value, i) => {
      expect(Math.abs(value - (paths[name]?.flat(2)[i] as number))).toBeLessThan(1e-12);
    });
  });

  it.each(Object.keys(paths))("%s goes on from its state as if it had never stopped", (name) => {
    const make = kinds[name] as (p: Tensor[]) => Optimizer;
    const first = start();
    const stopped = make(first);
    walk(stopped, first, 3);
    const second = first.map((p) => p.detach().clone().requireGrad());
    const resumed = make(second);
    resumed.loadState(stopped.state());
    expect(walk(resumed, second, 2)).toEqual(walk(stopped, first, 2));
  });

  it.each(Object.keys(paths))("%s walks the same path in one pass over memory as operation by operation", (name) => {
    const make = kinds[name] as (p: Tensor[]) => Optimizer;
    const values = start().map((p) => p.data());
    // Every other element of something larger, which is left to libtorch's operations.
    const apart = start().map((p) => {
      const room = zeros([...p.shape.slice(0, -1), 2 * (p.shape.at(-1) as number)], { dtype: "float64" });
      const view = room.slice(-1, 0, undefined, 2);
      return view.copyInPlace(p.detach()).requireGrad();
    });
    expect(apart.map((p) => p.data())).toEqual(values);
    const together = start();
    const [a, b] = [together, apart].map((p) => walk(make(p), p, 5).flat(2)) as [number[], number[]];
    a.forEach((value, i) => {
      expect(Math.abs(value - (b[i] as number))).toBeLessThan(1e-12);
    });
  });

  it("takes gradients that lie in another order than their parameter", () => {
    const values = arange(2 * 3 * 4 * 5)
      .to("float32")
      .reshape([2, 3, 4, 5]);
    const [rows, channels] = ["contiguous", "channelsLast"].map((format) =>
      values.clone(format as "contiguous" | "channelsLast").requireGrad(),
    ) as [Tensor, Tensor];
    for (const p of [rows, channels]) p.grad = values.mul(0.01).clone("contiguous");
    new Adam([rows, channels], { learningRate: 0.5 }).step();
    expect(channels.data()).toEqual(rows.data());
    expect(rows.data()).not.toEqual(values.data());
  });

  it("names its state as PyTorch does", () => {
    const parameters = start();
    const optimizer = new Adam(parameters, { amsgrad: true });
    expect(optimizer.state().tensors.size).toBe(0);
    walk(optimizer, parameters, 1);
    expect(optimizer.state().step).toBe(1);
    expect([...optimizer.state().tensors.keys()]).toEqual(
      ["exp_avg", "exp_avg_sq", "max_exp_avg_sq"].flatMap((name) => [`0.${name}`, `1.${name}`]),
    );
  });

  it("leaves a parameter without a gradient as it is", () => {
    const parameters = start();
    (parameters[0] as Tensor).square().sum().backward();
    new SGD(parameters).step();
    expect(parameters[1]?.data()).toEqual(Float64Array.of(0.5, -2));
  });

  it("reads its learning rate at every step", () => {
    const parameters = start();
    const optimizer = new SGD(parameters, { learningRate: 1 });
    optimizer.learningRate = 0;
    walk(optimizer, parameters, 1);
    expect(parameters[1]?.data()).toEqual(Float64Array.of(0.5, -2));
  });

  it("forgets gradients rather than filling them with 0", () => {
    const parameters = start();
    const optimizer = new SGD(parameters);
    tidy(() => loss(parameters).backward());
    optimizer.zeroGrad();
    expect(parameters[0]?.grad).toBeNull();
  });

  it("refuses state of another optimizer or shape", () => {
    const parameters = start();
    const state = (name: string, values: Tensor) => ({ step: 1, tensors: new Map([[name, values]]) });
    expect(() => new SGD(parameters, { momentum: 0.9 }).loadState(state("0.exp_avg", tensor([1])))).toThrow(
      'optimizer: unexpected state "0.exp_avg"; this one has 2 parameters and keeps momentum_buffer.',
    );
    expect(() => new Adam(parameters).loadState(state("0.exp_avg", tensor([1])))).toThrow(
      "optimizer: expected state 0.exp_avg to be (5), but got (1).",
    );
  });

  it("says which option is wrong", () => {
    const parameters = start();
    expect(() => new Adam(parameters, { learningRate: Number.NaN })).toThrow(
      "Adam: expected learningRate to be a number from 0, but got NaN.",
    );
    expect(() => new SGD(parameters, { learningRate: 1e39 })).toThrow(
      "SGD: expected learningRate to be a number from 0 to 1e+30, but got 1e+39.",
    );
    expect(() => new AdamW(parameters, { weightDecay: Number.POSITIVE_INFINITY })).toThrow(
      "AdamW: expected weightDecay to be a number from 0 to 1e+30, but got Infinity.",
    );
    expect(() => new Adam(parameters, { betas: [0.9, 1] })).toThrow(
      "Adam: expected betas to be two numbers from 0 to below 1, but got [0.9,1].",
    );
    expect(() => new SGD(parameters, { nesterov: true })).toThrow("SGD: expected momentum to be above 0 for nesterov, but got 0.");
    expect(() => new AdamW([])).toThrow("AdamW: expected at least one parameter, but got none.");
  });
});

describe("clipGradNorm", () => {
  const withGradients = (): Tensor[] => {
    const parameters = [tensor([3], { requiresGrad: true }), tensor([4, 0], { requiresGrad: true })];
    for (const p of parameters) p.square().sum().div(2).backward();
    return parameters;
  };

  it("returns the joint norm of the gradients and shrinks them to max", () => {
    const parameters = withGradients();
    expect(clipGradNorm(parameters, 1)).toBeCloseTo(5, 6);
    expect(parameters.flatMap(({ grad }) => Array.from(grad?.data() ?? [], Number))[0]).toBeCloseTo(0.6, 5);
  });

  it("has the norm of many numbers as a sum in double precision has it", () => {
    const values = Float32Array.from({ length: 100_003 }, (_, i) => Math.sin(i) * 3);
    const parameter = tensor(values, { requiresGrad: true });
    parameter.square().sum().div(2).backward();
    const expected = Math.sqrt(values.reduce((sum, x) => sum + x * x, 0));
    expect(Math.abs(clipGradNorm([parameter], 1e9) / expected - 1)).toBeLessThan(1e-6);
  });

  it("leaves smaller gradients as they are", () => {
    const parameters = withGradients();
    clipGradNorm(parameters, 10);
    expect(parameters[1]?.grad?.data()).toEqual(Float32Array.of(4, 0));
  });

  it("says so when max is not above 0", () => {
    expect(() => clipGradNorm([], 0)).toThrow("clipGradNorm: expected max to be a number above 0, but got 0.");
  });
});
