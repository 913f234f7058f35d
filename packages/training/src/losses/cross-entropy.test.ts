import { autocast, tensor } from "@semblant/torch";
import { describe, expect, it } from "vitest";
import { crossEntropyLoss } from "./cross-entropy.ts";
import { softmaxHead } from "./softmax.ts";

describe("cross-entropy of a network's own logits", () => {
  it("is −log of the posterior of the right class, averaged over the batch", () => {
    const logits = tensor([
      [0, 0],
      [Math.log(3), 0],
    ]);
    expect(crossEntropyLoss(2)(logits, Int32Array.of(0, 1)).item()).toBeCloseTo((Math.log(2) + Math.log(4)) / 2, 6);
  });

  it("is log C where all logits are equal, whatever they are", () => {
    expect(crossEntropyLoss(8)(tensor([Array(8).fill(500)]), Int32Array.of(3)).item()).toBeCloseTo(Math.log(8), 5);
  });

  it("stays finite where the right class is all but impossible", () => {
    expect(crossEntropyLoss(2)(tensor([[1e4, 0]]), Int32Array.of(1)).item()).toBeCloseTo(1e4, 0);
  });

  it("takes votes as a distribution, whose entropy is the lowest value", () => {
    const entropy = -0.75 * Math.log(0.75) - 0.25 * Math.log(0.25);
    expect(crossEntropyLoss(2)(tensor([[Math.log(3), 0]]), tensor([[0.75, 0.25]])).item()).toBeCloseTo(entropy, 6);
  });

  it("is the softmax head's loss with that head's logits", () => {
    const head = softmaxHead(3, 2);
    const Z = tensor([
      [1, -2, 0.5],
      [0, 1, 3],
    ]);
    const labels = Int32Array.of(1, 0);
    const logits = head.module.forward(Z);
    expect(crossEntropyLoss(2)(logits, labels).item()).toBeCloseTo(head(Z, labels).item(), 6);
    expect(crossEntropyLoss(2).posterior(logits).sub(head.posterior(Z)).abs().amax().item()).toBeLessThan(1e-6);
  });

  it("has a posterior and no weights of its own, and computes in float32 inside a bfloat16 step", () => {
    const loss = crossEntropyLoss(3);
    expect(loss.module).toBeUndefined();
    const logits = tensor([[Math.log(2), Math.log(3), Math.log(5)]]);
    const inside = autocast("bfloat16", () => loss.posterior(logits));
    expect(inside.dtype).toBe("float32");
    Array.from(inside.data() as Float32Array).forEach((p, k) => {
      expect(p).toBeCloseTo([0.2, 0.3, 0.5][k] as number, 6);
    });
  });

  it("refuses logits and votes of other classes, labels beyond them, and no classes", () => {
    const loss = crossEntropyLoss(2);
    expect(() => loss(tensor([[1, 2, 3]]), Int32Array.of(0))).toThrow(
      "crossEntropyLoss: expected a logit for each of 2 classes, but got (1, 3).",
    );
    expect(() => loss(tensor([[1, 2]]), Int32Array.of(2))).toThrow("crossEntropyLoss: expected labels from 0 to 1, but got 2.");
    expect(() => loss(tensor([[1, 2]]), tensor([[1, 0, 0]]))).toThrow("crossEntropyLoss: expected votes over 2 classes, but got 3.");
    expect(() => crossEntropyLoss(0)).toThrow("crossEntropyLoss: expected classes to be a whole number above 0, but got 0.");
  });
});
