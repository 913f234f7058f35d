import { describe, expect, it } from "vitest";
import type { LabeledImages } from "../../../datasets/src/dataset/dataset.ts";
import { MemoryImages } from "../../../datasets/src/images/memory-images.ts";
import { imageBatch, knownBatch } from "./batches.ts";

const labels = Int32Array.of(1, 0);
const images: LabeledImages = {
  images: new MemoryImages(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), { width: 2, height: 1, channels: 3 }),
  labels,
  classes: ["a", "b"],
  ids: ["x", "y"],
};

describe("imageBatch", () => {
  it("gives the rows asked for, in that order, with channels apart", () => {
    const batch = imageBatch(images.images, [1, 0], "cpu");
    expect(batch.shape).toEqual([2, 3, 1, 2]);
    expect(batch.dtype).toBe("uint8");
    expect(Array.from(batch.data() as Uint8Array)).toEqual([7, 10, 8, 11, 9, 12, 1, 4, 2, 5, 3, 6]);
  });
});

describe("knownBatch", () => {
  const votes = Float32Array.of(0.25, 0.75, 1, 0);
  const known = (set: LabeledImages, targets: "labels" | "votes") =>
    Array.from(knownBatch(set, [1, 0, 0], targets, "cpu").data() as Float32Array);

  it("is 1 for the class and 0 for the others", () => {
    expect(known({ ...images, votes }, "labels")).toEqual([1, 0, 0, 1, 0, 1]);
  });

  it("is the votes where they are asked for", () => {
    expect(known({ ...images, votes }, "votes")).toEqual([1, 0, 0.25, 0.75, 0.25, 0.75]);
  });
});
