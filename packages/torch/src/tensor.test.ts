import { EngineError, OptionError, ShapeError } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { arange, cat, eye, full, ones, stack, tensor, where, zeros } from "./creation.ts";
import { conv2d, crossEntropy, linear } from "./functional.ts";
import { grad } from "./gradients.ts";
import { fractionalMaxPool2d, maxPool2d } from "./pooling.ts";
import { affineGrid, interpolate } from "./sampling.ts";
import type { Tensor } from "./tensor.ts";

const values = (t: Tensor): number[] => Array.from(t.data(), Number);

describe("creating tensors", () => {
  it("takes shape and type from what it is given", () => {
    const made = [
      tensor([[1, 2, 3]]),
      tensor(new Float32Array(2)),
      tensor(new Float64Array(2)),
      tensor(new Int32Array(2)),
      tensor(new BigInt64Array(2)),
      tensor(new Uint8Array(2)),
      tensor(1),
    ].map(({ dtype, shape }) => `${dtype} (${shape})`);
    expect(made).toEqual(["float32 (1,3)", "float32 (2)", "float64 (2)", "int64 (2)", "int64 (2)", "uint8 (2)", "float32 ()"]);
  });

  it("takes a shape and type when told", () => {
    const x = tensor(Uint8Array.of(0, 1, 2, 3), { shape: [2, 2], dtype: "float32" });
    expect([x.shape, x.dtype, values(x)]).toEqual([[2, 2], "float32", [0, 1, 2, 3]]);
    expect(tensor([0, 2], { dtype: "bool" }).data()).toEqual(Uint8Array.of(0, 1));
  });

  it("copies: neither side sees the other change", () => {
    const source = Float32Array.of(1, 2);
    const x = tensor(source);
    source[0] = 9;
    x.data()[1] = 9;
    expect(values(x)).toEqual([1, 2]);
  });

  it("gives whole numbers beyond float32 back exactly", () => {
    expect(tensor([2 ** 53 - 1], { dtype: "int64" }).data()).toEqual(BigInt64Array.of(9007199254740991n));
  });

  it("fills: zeros, ones, full, arange, eye", () => {
    expect([zeros([1]), ones([1]), full([1], 2.5), arange(3), eye(2)].map(values)).toEqual([[0], [1], [2.5], [0, 1, 2], [1, 0, 0, 1]]);
    expect(arange(3).dtype).toBe("int64");
  });

  it("chooses between numbers too", () => {
    expect(values(where(tensor([1, 0], { dtype: "bool" }), 5, tensor([1, 2])))).toEqual([5, 2]);
  });

  it("says what does not fit", () => {
    expect(() => tensor([[1, 2], [3]])).toThrow("tensor: expected rows of one shape, but row 0 is (2) and row 1 is (1).");
    expect(() => tensor([1, 2, 3], { shape: [2, 2] })).toThrow("tensor: expected 4 values for shape (2, 2), but got 3.");
    expect(() => tensor([1], { dtype: "int8" as never })).toThrow(
      'tensor: unknown dtype "int8"; known: uint8, int32, int64, float16, float32, float64, bool, bfloat16.',
    );
    expect(() => zeros([-1])).toThrow("zeros: expected shape to be whole numbers from 0, but got [-1].");
    expect(() => cat([])).toThrow(OptionError);
    expect(() => cat([zeros([2, 3]), zeros([2, 4])])).toThrow("cat: tensor 0 has shape (2, 3) and tensor 1 has (2, 4).");
    expect(() => stack([zeros([2]), zeros([3])])).toThrow("stack: tensor 0 has shape (2) and tensor 1 has (3).");
  });
});

describe("tensor", () => {
  it("stays whole-numbered under whole numbers", () => {
    expect([arange(3).mul(2).dtype, arange(3).add(0.5).dtype, arange(3).div(2).dtype]).toEqual(["int64", "float32", "float32"]);
  });

  it("changes in place where the name says so", () => {
    const x = tensor([1, 2]);
    x.addInPlace(1)
      .addInPlace(tensor([1, 1]), 2)
      .mulInPlace(3)
      .lerpInPlace(tensor([0, 0]), 0.5);
    expect(values(x)).toEqual([6, 7.5]);
    expect(values(x.copyInPlace(tensor([7], { dtype: "int64" })))).toEqual([7, 7]);
    expect(values(x.fillInPlace(2))).toEqual([2, 2]);
    expect(values(x.zeroInPlace())).toEqual([0, 0]);
  });

  it("knows finite numbers from others", () => {
    expect(tensor([1, Number.NaN, Number.NEGATIVE_INFINITY]).isFinite().data()).toEqual(Uint8Array.of(1, 0, 0));
  });

  it("changes type, widens half precisions on the way out, and keeps its bytes", () => {
    const half = tensor([1.5, -2]).to("bfloat16");
    expect([half.dtype, half.data(), [...half.bytes()]]).toEqual(["bfloat16", Float32Array.of(1.5, -2), [0xc0, 0x3f, 0, 0xc0]]);
    expect(half.to("cpu").device).toBe("cpu");
  });

  it("lays images out with channels last, and gives rows in order all the same", () => {
    const x = arange(12).reshape([1, 3, 2, 2]).contiguous("channelsLast");
    expect([x.channelsLast, x.contiguous().channelsLast]).toEqual([true, false]);
    expect(values(x)).toEqual(values(arange(12)));
  });

  it("adds gradients up in leaves until they are set to null", () => {
    const x = tensor([3], { requiresGrad: true });
    x.square().backward();
    x.square().backward();
    expect(x.grad?.item()).toBe(12);
    x.grad = null;
    expect(x.grad).toBeNull();
    x.mul(x).backward(tensor([2]));
    expect(x.grad).not.toBeNull();
    expect((x as Tensor).grad?.item()).toBe(12);
  });

  it("gives gradients without touching .grad, zeros where nothing depends", () => {
    const [x, y] = [tensor([3], { requiresGrad: true }), tensor([1, 2], { requiresGrad: true })];
    expect(grad(x.square(), [x, y]).map(values)).toEqual([[6], [0, 0]]);
    expect(x.grad).toBeNull();
  });
});

describe("errors", () => {
  const cases: [string, () => unknown, string][] = [
    ["add", () => zeros([2, 3]).add(zeros([2])), "add: shapes (2, 3) and (2) do not broadcast."],
    ["copyInPlace", () => zeros([2]).copyInPlace(zeros([3])), "copyInPlace: shapes (2) and (3) do not broadcast."],
    ["matmul", () => zeros([2, 3]).matmul(zeros([2, 3])), "matmul: inner sizes differ: (2, 3) times (2, 3)."],
    ["cdist", () => zeros([2, 3]).cdist(zeros([2, 4])), "cdist: rows have 3 and 4 columns: (2, 3) and (2, 4)."],
    ["sum", () => zeros([2]).sum(1), "sum: expected dim to be from -1 to 0 for shape (2), but got 1."],
    ["topk", () => zeros([2]).topk(3), "topk: expected k to be from 0 to 2 for shape (2), but got 3."],
    ["select", () => zeros([2]).select(0, 2), "select: expected an index from -2 to 1, but got 2."],
    ["reshape", () => zeros([2, 3]).reshape([4, -1]), "reshape: expected 6 elements as in (2, 3), but got (4, -1)."],
    ["item", () => zeros([2]).item(), "item: expected one element, but got shape (2)."],
    ["backward", () => zeros([2]).backward(), "backward: expected one element or a gradient of shape (2), but got neither."],
    ["grad", () => grad(zeros([2]), []), "grad: expected an output of one element, but got shape (2)."],
    [
      "conv2d",
      () => conv2d(zeros([1, 3, 5, 5]), zeros([4, 1, 3, 3])),
      "conv2d: x has 3 channels but weight (4, 1, 3, 3) in 1 group(s) needs 1.",
    ],
    [
      "conv2d",
      () => conv2d(zeros([3, 5, 5]), zeros([4, 1, 3, 3])),
      "conv2d: expected x to be (batch, channels, height, width), but got (3, 5, 5).",
    ],
    ["linear", () => linear(zeros([2, 3]), zeros([4, 5])), "linear: x (2, 3) has 3 features but weight (4, 5) needs 5."],
    ["crossEntropy", () => crossEntropy(zeros([2, 3]), zeros([4])), "crossEntropy: logits (2, 3) and target (4) disagree."],
    ["affineGrid", () => affineGrid(zeros([1, 3, 2]), [1, 1, 2, 2]), "affineGrid: expected theta to be (1, 2, 3), but got (1, 3, 2)."],
  ];

  it.each(cases)("%s says which shapes do not fit", (_, fails, message) => {
    expect(fails).toThrow(ShapeError);
    expect(fails).toThrow(message);
  });

  it("say which option is wrong", () => {
    const x = zeros([1, 1, 4, 4]);
    expect(() => interpolate(x, { size: 2, mode: "cubic" as never })).toThrow(
      'interpolate: expected mode to be "nearest", "bilinear" or "bicubic", but got "cubic".',
    );
    expect(() => fractionalMaxPool2d(x, { kernel: 2 })).toThrow("fractionalMaxPool2d: expected either size or ratio.");
    expect(() => fractionalMaxPool2d(x, { kernel: 2, ratio: 2 })).toThrow(
      "fractionalMaxPool2d: expected ratio to be between 0 and 1, but got 2.",
    );
  });

  it("are one line with operation, shapes and libtorch's reason where libtorch refuses", () => {
    const fails = (): unknown => maxPool2d(zeros([1, 1, 2, 2]), { kernel: 2, padding: 2 });
    expect(fails).toThrow(EngineError);
    expect(fails).toThrow(/^max_pool2d\(\(1, 1, 2, 2\)\): [^\n]*pad[^\n]*$/);
    const twice = tensor([1], { requiresGrad: true }).square();
    twice.backward();
    expect(() => twice.backward()).toThrow(/^backward\(\(1\)\): Trying to backward through the graph a second time[^\n]*$/);
  });

  it("leave the engine able to go on", () => {
    expect(() => zeros([2]).gather(0, tensor([5], { dtype: "int64" }))).toThrow(EngineError);
    expect(values(ones([2]).add(1))).toEqual([2, 2]);
  });
});
