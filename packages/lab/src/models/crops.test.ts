import { MemoryImages } from "@semblant/datasets";
import { describe, expect, it } from "vitest";
import { cropsOf } from "./crops.ts";

describe("crops for a network", () => {
  it("of grey images are their pixels", () => {
    const images = new MemoryImages(Uint8Array.of(1, 2, 3, 4), { width: 2, height: 1, channels: 1 });
    expect([...cropsOf({ images })]).toEqual([1, 2, 3, 4]);
    expect([...cropsOf({ images }, [1])]).toEqual([3, 4]);
  });

  it("of coloured images hold one channel after the other", () => {
    const images = new MemoryImages(Uint8Array.of(1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16), { width: 2, height: 1, channels: 3 });
    expect([...cropsOf({ images })]).toEqual([1, 4, 2, 5, 3, 6, 11, 14, 12, 15, 13, 16]);
  });
});
