import { describe, expect, it } from "vitest";
import { ones, tensor, zeros } from "./creation.ts";
import { BatchNorm2d, Conv2d, Linear, Sequential } from "./layers.ts";
import { Module } from "./module.ts";
import type { Tensor } from "./tensor.ts";

class Block extends Module {
  readonly conv1 = new Conv2d(2, 2, 3, { padding: 1, bias: false });
  readonly bn1 = new BatchNorm2d(2);
  readonly downsample: Sequential | null;
  constructor(downsample: boolean) {
    super();
    this.downsample = downsample ? new Sequential(new Conv2d(2, 2, 1, { bias: false })) : null;
  }
  forward(x: Tensor): Tensor {
    return this.bn1.forward(this.conv1.forward(x)).add(this.downsample?.forward(x) ?? x);
  }
}

class Network extends Module {
  readonly layer1 = [new Block(false), new Block(true)];
  readonly fc = new Linear(2, 1);
  forward(x: Tensor): Tensor {
    return this.fc.forward(this.layer1.reduce((value, block) => block.forward(value), x).mean([2, 3]));
  }
}

describe("module", () => {
  it("names its tensors by their path, as torchvision's networks do", () => {
    expect([...new Network().stateDict().keys()]).toEqual([
      "layer1.0.conv1.weight",
      "layer1.0.bn1.weight",
      "layer1.0.bn1.bias",
      "layer1.0.bn1.running_mean",
      "layer1.0.bn1.running_var",
      "layer1.0.bn1.num_batches_tracked",
      "layer1.1.conv1.weight",
      "layer1.1.bn1.weight",
      "layer1.1.bn1.bias",
      "layer1.1.bn1.running_mean",
      "layer1.1.bn1.running_var",
      "layer1.1.bn1.num_batches_tracked",
      "layer1.1.downsample.0.weight",
      "fc.weight",
      "fc.bias",
    ]);
  });

  it("counts buffers as state but not as parameters", () => {
    const network = new Network();
    expect(network.parameters()).toHaveLength(9);
    expect(network.numberOfParameters()).toBe(36 + 4 + 36 + 4 + 4 + 2 + 1);
  });

  it("keeps a frozen weight in its state and among its parameters", () => {
    const layer = new Linear(2, 2);
    layer.weight.requireGrad(false);
    expect([...layer.stateDict().keys()]).toEqual(["weight", "bias"]);
    expect(layer.parameters()).toHaveLength(2);
  });

  it("switches all its children between training and use", () => {
    const network = new Network();
    expect(network.layer1[1]?.downsample?.training).toBe(true);
    network.eval();
    expect(network.layer1[1]?.downsample?.training).toBe(false);
    expect(network.train().layer1[0]?.bn1.training).toBe(true);
  });

  it("takes over the values of another's state, whatever their type", () => {
    const layer = new Linear(2, 1);
    layer.loadStateDict(
      new Map([
        ["weight", tensor([[1, 2]], { dtype: "float64" })],
        ["bias", tensor([3], { dtype: "int64" })],
      ]),
    );
    expect(layer.forward(ones([1, 2])).item()).toBe(6);
    expect(layer.weight.requiresGrad).toBe(true);
  });

  it("refuses other names and says them", () => {
    const state = new Map([
      ["weight", zeros([1, 2])],
      ["head.bias", zeros([1])],
    ]);
    expect(() => new Linear(2, 1).loadStateDict(state)).toThrow(
      "loadStateDict: the names differ.\n  missing: bias\n  unexpected: head.bias",
    );
  });

  it("reports other names when it is not strict, and leaves alone what it is told to ignore", () => {
    const state = new Map([
      ["weight", zeros([1, 2])],
      ["head.bias", zeros([1])],
    ]);
    expect(new Linear(2, 1).loadStateDict(state, { strict: false })).toEqual({ missing: ["bias"], unexpected: ["head.bias"] });
    const ignore = (name: string): boolean => name.endsWith("bias");
    expect(new Linear(2, 1).loadStateDict(state, { ignore })).toEqual({ missing: [], unexpected: [] });
  });

  it("refuses another shape before anything is copied", () => {
    const layer = new Linear(2, 1);
    const before = layer.weight.data();
    const state = new Map([
      ["weight", zeros([1, 2])],
      ["bias", zeros([4])],
    ]);
    expect(() => layer.loadStateDict(state)).toThrow("loadStateDict: expected bias to be (1), but got (4).");
    expect(layer.weight.data()).toEqual(before);
  });

  it("moves to another type and layout while its tensors stay the same leaves", () => {
    const block = new Block(false);
    const { weight } = block.conv1;
    block.to({ dtype: "float64", memoryFormat: "channelsLast" });
    expect(block.conv1.weight).toBe(weight);
    expect([weight.dtype, weight.channelsLast, weight.requiresGrad]).toEqual(["float64", true, true]);
    expect(block.bn1.numBatchesTracked.dtype).toBe("int64");
    block
      .forward(zeros([1, 2, 3, 3], { dtype: "float64" }).contiguous("channelsLast"))
      .sum()
      .backward();
    expect(weight.grad?.dtype).toBe("float64");
  });
});
