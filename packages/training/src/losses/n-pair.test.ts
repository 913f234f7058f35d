import { tensor } from "@semblant/torch";
import { describe, expect, it } from "vitest";
import { nPair } from "./n-pair.ts";

const four = [
  [1, 0],
  [1, 0],
  [0, 1],
  [0, 1],
];

describe("N-pair loss", () => {
  it("is −log of how an anchor's softmax over the positives falls on its own", () => {
    const L = nPair({ regularizer: 0 })(tensor(four), Int32Array.of(0, 0, 1, 1)).item();
    expect(L).toBeCloseTo(Math.log(1 + Math.exp(-1)), 6);
  });

  it("is log N where all embeddings are one point", () => {
    const Z = tensor(Array.from({ length: 10 }, () => [2, 1]));
    const labels = Int32Array.from({ length: 10 }, (_, i) => i % 5);
    expect(nPair({ regularizer: 0 })(Z, labels).item()).toBeCloseTo(Math.log(5), 6);
  });

  it("adds the mean squared length, weighed by the regularizer", () => {
    const Z = tensor(four.map((row) => row.map((x) => 3 * x)));
    const [plain, heavy] = [0, 0.5].map((regularizer) => nPair({ regularizer })(Z, Int32Array.of(0, 0, 1, 1)).item()) as [number, number];
    expect(heavy - plain).toBeCloseTo(0.5 * 9, 6);
  });

  it("takes a batch with more images of a class as several N-pair batches, and leaves out what finds no partner", () => {
    const [a, b] = [
      [
        [0.2, 1],
        [0.5, 1],
        [1, -1],
        [2, 0],
      ],
      four,
    ];
    const labels = [0, 0, 1, 1];
    const loss = nPair({ regularizer: 0 });
    const each = [a, b].map((Z) => loss(tensor(Z), Int32Array.from(labels)).item()) as [number, number];
    const both = loss(tensor([...a, ...b, [9, 9], [7, 7]]), Int32Array.of(...labels, ...labels, 2, 0)).item();
    expect(both).toBeCloseTo((each[0] + each[1]) / 2, 6);
  });

  it("says which option is wrong", () => {
    expect(() => nPair({ regularizer: -1 })).toThrow("nPair: expected regularizer to be a number from 0, but got -1.");
  });
});
