import { autocast, grad, seed, tensor } from "@semblant/torch";
import { describe, expect, it } from "vitest";
import { softmaxHead } from "./softmax.ts";

/** A head whose logits are the embeddings themselves. */
function transparent(classes: number): ReturnType<typeof softmaxHead> {
  const loss = softmaxHead(classes, classes);
  const unit = Array.from({ length: classes }, (_, i) => Array.from({ length: classes }, (_, j) => Number(i === j)));
  loss.module.loadStateDict(
    new Map([
      ["weight", tensor(unit)],
      ["bias", tensor(Array(classes).fill(0))],
    ]),
  );
  return loss;
}

describe("softmax head", () => {
  it("is −log of the posterior of the right class, averaged over the batch", () => {
    const loss = transparent(2);
    const Z = tensor([
      [0, 0],
      [Math.log(3), 0],
    ]);
    expect(loss(Z, Int32Array.of(0, 1)).item()).toBeCloseTo((Math.log(2) + Math.log(4)) / 2, 6);
  });

  it("is log C where the head knows nothing", () => {
    expect(transparent(8)(tensor([Array(8).fill(5)]), Int32Array.of(3)).item()).toBeCloseTo(Math.log(8), 6);
  });

  it("treats one-hot votes and class indices alike, and takes votes as a distribution", () => {
    const loss = transparent(2);
    const Z = tensor([[Math.log(3), 0]]);
    expect(loss(Z, tensor([[0, 1]])).item()).toBeCloseTo(loss(Z, Int32Array.of(1)).item(), 6);
    // Votes of 3 to 1 equal the posterior: what remains is their entropy.
    const entropy = -0.75 * Math.log(0.75) - 0.25 * Math.log(0.25);
    expect(loss(Z, tensor([[0.75, 0.25]])).item()).toBeCloseTo(entropy, 6);
  });

  it("gives a posterior whose rows sum to 1", () => {
    const posterior = transparent(2).posterior(
      tensor([
        [Math.log(3), 0],
        [0, 0],
      ]),
    );
    expect(posterior.shape).toEqual([2, 2]);
    const expected = [0.75, 0.25, 0.5, 0.5];
    (posterior.data() as Float32Array).forEach((p, k) => {
      expect(p).toBeCloseTo(expected[k] as number, 6);
    });
  });

  it("has weights to train: module, with PyTorch's names", () => {
    seed(0);
    const loss = softmaxHead(64, 8);
    expect([...loss.module.stateDict().keys()]).toEqual(["weight", "bias"]);
    expect(loss.module.numberOfParameters()).toBe(520);
    const value = loss(tensor([Array(64).fill(0.1)]), Int32Array.of(2));
    const [ofWeight, ofBias] = grad(value, loss.module.parameters());
    expect(ofWeight?.shape).toEqual([8, 64]);
    expect(ofBias?.sum().item()).toBeCloseTo(0, 6);
  });

  it("computes in float32 inside a bfloat16 training step", () => {
    seed(1);
    const loss = softmaxHead(16, 4);
    const Z = tensor(Array.from({ length: 6 }, (_, i) => Array.from({ length: 16 }, (_, j) => Math.sin(i * 16 + j))));
    const labels = Int32Array.of(0, 1, 2, 3, 0, 1);
    const inside = autocast("bfloat16", () => [loss(Z, labels), loss.posterior(Z)] as const);
    expect(inside[0].item()).toBe(loss(Z, labels).item());
    expect(inside[1].data()).toEqual(loss.posterior(Z).data());
  });

  it("refuses embeddings and votes of other widths, labels beyond its classes, and sizes of 0", () => {
    const loss = softmaxHead(3, 2);
    expect(() => loss(tensor([[1, 2]]), Int32Array.of(0))).toThrow("softmaxHead: expected embeddings of 3 dimensions, but got (1, 2).");
    expect(() => loss(tensor([[1, 2, 3]]), Int32Array.of(2))).toThrow("softmaxHead: expected labels from 0 to 1, but got 2.");
    expect(() => loss(tensor([[1, 2, 3]]), tensor([[1, 0, 0]]))).toThrow("softmaxHead: expected votes over 2 classes, but got 3.");
    expect(() => softmaxHead(0, 2)).toThrow("softmaxHead: expected dimensions to be a whole number above 0, but got 0.");
  });
});
