import { seed, tensor } from "@semblant/torch";
import { describe, expect, it } from "vitest";
import { proxyAnchor } from "./proxy-anchor.ts";

describe("proxy-anchor loss", () => {
  it("is what each proxy's rows and the others cost it, by the formula", () => {
    const loss = proxyAnchor(2, 2, { margin: 0.1, scale: 3 });
    loss.module.loadStateDict(
      new Map([
        [
          "weight",
          tensor([
            [5, 0],
            [0, 2],
          ]),
        ],
      ]),
    );
    // One row, along the proxy of class 0 and across that of class 1, which has no rows of its own.
    const drawn = Math.log(1 + Math.exp(-3 * (1 - 0.1)));
    const pushed = Math.log(1 + Math.exp(3 * (0 + 0.1)));
    expect(loss(tensor([[7, 0]]), Int32Array.of(0)).item()).toBeCloseTo(drawn + pushed / 2, 6);
  });

  it("has proxies to train, drawn by the seed, and no posterior", () => {
    const weights = [1, 1, 2].map((s) => {
      seed(s);
      return proxyAnchor(64, 8).module.weight.data() as Float32Array;
    }) as [Float32Array, Float32Array, Float32Array];
    expect(weights[0]).toEqual(weights[1]);
    expect(weights[0]).not.toEqual(weights[2]);
    const loss = proxyAnchor(64, 8);
    expect([...loss.module.stateDict().keys()]).toEqual(["weight"]);
    expect(loss.module.parameters()).toHaveLength(1);
    expect(loss.posterior).toBeUndefined();
  });

  it("refuses embeddings and votes of other widths, labels beyond its classes, and options out of range", () => {
    const loss = proxyAnchor(3, 2);
    expect(() => loss(tensor([[1, 2]]), Int32Array.of(0))).toThrow("proxyAnchor: expected embeddings of 3 dimensions, but got (1, 2).");
    expect(() => loss(tensor([[1, 2, 3]]), Int32Array.of(2))).toThrow("proxyAnchor: expected labels from 0 to 1, but got 2.");
    expect(() => loss(tensor([[1, 2, 3]]), tensor([[1, 0, 0]]))).toThrow("proxyAnchor: expected votes over 2 classes, but got 3.");
    expect(() => proxyAnchor(0, 2)).toThrow("proxyAnchor: expected dimensions to be a whole number above 0, but got 0.");
    expect(() => proxyAnchor(3, 2, { margin: -1 })).toThrow("proxyAnchor: expected margin to be a number from 0, but got -1.");
    expect(() => proxyAnchor(3, 2, { scale: 0 })).toThrow("proxyAnchor: expected scale to be a number above 0, but got 0.");
  });
});
