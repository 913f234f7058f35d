import { DataError } from "@semblant/core";
import { type Tensor, tensor } from "@semblant/torch";
import { describe, expect, it } from "vitest";
import { MemoryImages } from "../../../datasets/src/images/memory-images.ts";
import { createLoss, lossNames } from "../catalog/losses.ts";
import { knownBatch } from "../embedding/batches.ts";
import { contrastive } from "./contrastive.ts";
import { crossBatchMemory } from "./cross-batch-memory.ts";
import { alreadyLooked, refuseCountsIn } from "./distributions.ts";
import type { Loss } from "./loss.ts";
import { triplet } from "./triplet.ts";

const Z = () =>
  tensor([
    [0, 1, 0],
    [0.1, 1, 0],
    [1, 0, 0],
    [1, 0.1, 0],
  ]); // prettier-ignore
const shares = () =>
  tensor([
    [0.9, 0.1, 0],
    [1, 0, 0],
    [0, 0.7, 0.3],
    [0, 1, 0],
  ]); // prettier-ignore
const use = { dimensions: 3, classes: 3 };
const losses: Readonly<Record<string, () => Loss>> = {
  ...Object.fromEntries(lossNames.map((name) => [name, () => createLoss({ name }, use)])),
  "cross-batch memory": () => crossBatchMemory(contrastive(), 3, { size: 40 }),
  "triplet, batch-hard": () => triplet({ mining: "batch-hard" }),
};

describe("targets that are no distributions", () => {
  it.each(Object.entries(losses))("are refused by %s, and shares are taken", (_, make) => {
    const loss = make();
    expect(Number.isFinite(loss(Z(), shares()).item())).toBe(true);
    for (const [targets, but] of [
      [shares().mul(10), "row 0 sums to 10"],
      [shares().sub(0.05), "row 0 holds -0.05"],
      [shares().mul(Number.NaN), "row 0 holds NaN"],
      [shares().mul(0), "row 0 sums to 0"],
    ] as const) {
      const call = () => loss(Z(), targets);
      expect(call).toThrow(DataError);
      expect(call).toThrow(
        `${loss.name}: expected each row of targets to be a distribution over the classes (0 or more, sum 1), but ${but}`,
      );
    }
    expect(() => loss(Z(), shares().mul(10))).toThrow(".\n  Divide counts of raters by their sum.");
  });

  it("may be off by what rounding does", () => {
    const thirds: Tensor = tensor([[1 / 3, 1 / 3, 1 / 3]]);
    expect(() => refuseCountsIn("x", thirds)).not.toThrow();
    expect(() => refuseCountsIn("x", thirds.to("bfloat16"))).not.toThrow();
    expect(() => refuseCountsIn("x", thirds.mul(1.01))).toThrow("x: expected each row");
  });

  it("are looked at once, where a training's votes come from, by the name of the image", () => {
    const images = {
      images: new MemoryImages(Uint8Array.of(1, 2), { width: 1, height: 1, channels: 1 }),
      labels: Int32Array.of(0, 1),
      classes: ["a", "b"],
      ids: ["x.png", "y.png"],
    };
    expect(() => knownBatch({ ...images, votes: Float32Array.of(1, 0, 3, 7) }, [0, 1], "votes", "cpu")).toThrow(
      'train: expected each row of targets to be a distribution over the classes (0 or more, sum 1), but that of "y.png" sums to 10.',
    );
    const known = alreadyLooked(tensor([[3, 7]]));
    expect(() => refuseCountsIn("x", known)).not.toThrow();
  });
});
