import { Embeddings } from "@semblant/core";
import { MemoryImages } from "@semblant/datasets";
import { describe, expect, it } from "vitest";
import type { AskedGallery } from "../data/asked-gallery.ts";
import { againstOf, measure } from "./measuring.ts";

const points = (values: number[], labels: number[]) => new Embeddings(Float32Array.from(values), 1, { labels: Int32Array.from(labels) });
const images = (count: number) => ({
  images: new MemoryImages(new Uint8Array(count), { width: 1, height: 1, channels: 1 }),
  labels: new Int32Array(count),
  classes: ["0", "1", "2"],
  ids: Array.from({ length: count }, (_, i) => String(i)),
});
const asked = (itself: number[]): AskedGallery => ({
  queries: images(2),
  gallery: images(3),
  itself: Int32Array.from(itself),
  split: "test",
  known: false,
});

describe("measure", () => {
  it("takes one width for all classes where the gallery has one face of each, which says nothing of it", () => {
    const of = { train: points([0, 5, 9], [0, 1, 2]), test: points([1, 8], [0, 2]), asked: asked([-1, -1]) };
    const { settings, metrics } = measure(of, { bootstrap: 0 });
    expect([settings.sigma, settings.k, settings.retrieval, metrics.mapAtR.value]).toEqual([1, 3, "train", 100]);
    expect(measure({ ...of, sigma: 2 }, { bootstrap: 0 }).settings.sigma).toBe(2);
  });

  it("asks a query that stands in the gallery of one row fewer", () => {
    const train = points([0, 1, 9], [0, 0, 1]);
    const { settings, neighbors } = measure({ train, test: train.take([0, 1]), asked: asked([0, 1]) }, { bootstrap: 0, nearest: 9 });
    expect([settings.k, settings.sigma, neighbors.train.k]).toEqual([2, "estimate", 2]);
    expect(Array.from(neighbors.test.rows.subarray(0, 2))).toEqual([1, 2]);
    expect(againstOf(asked([0, 1]))).toEqual({ gallery: 3, both: 2 });
  });
});
