import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setThreads } from "@semblant/torch";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Dataset } from "../../../datasets/src/dataset/dataset.ts";
import { MemoryImages } from "../../../datasets/src/images/memory-images.ts";
import { stripes, tinySettings } from "../fixtures/stripes.ts";
import { buildTraining } from "../loop/build-training.ts";
import { train } from "../loop/train.ts";
import { digestOfData } from "./data-digest.ts";
import { createRun, openRun } from "./run.ts";
import { StepsLog } from "./steps-log.ts";

/** The same data with one value of one of its parts changed. */
function changed(data: Dataset, split: "train" | "validation", what: "pixel" | "labels" | "classes" | "ids"): Dataset {
  const part = data[split];
  if (what === "classes") return { ...data, [split]: { ...part, classes: ["flat", "level", "upright"] } };
  if (what === "ids") return { ...data, [split]: { ...part, ids: part.ids.map((id) => `moved/${id}`) } };
  if (what === "labels") return { ...data, [split]: { ...part, labels: part.labels.map((label, i) => (i < 2 ? 1 - label : label)) } };
  const pixels = new Uint8Array(part.images.count * 256);
  part.images.gather(
    Int32Array.from({ length: part.images.count }, (_, i) => i),
    pixels,
  );
  pixels[pixels.length - 1] = (pixels.at(-1) as number) ^ 1;
  return { ...data, [split]: { ...part, images: new MemoryImages(pixels, { width: 16, height: 16, channels: 1 }) } };
}

describe("the digest of data", () => {
  it("is of the pixels and labels that training sees, not of names and places", () => {
    const data = stripes();
    const digest = digestOfData(data);
    expect(digestOfData(stripes())).toEqual(digest);
    for (const split of ["train", "validation"] as const) {
      expect(digestOfData(changed(data, split, "ids"))).toEqual(digest);
      expect(digestOfData(changed(data, split, "pixel"))).toEqual({
        pixels: expect.not.stringMatching(digest.pixels),
        labels: digest.labels,
      });
      for (const what of ["labels", "classes"] as const) {
        expect(digestOfData(changed(data, split, what))).toEqual({
          pixels: digest.pixels,
          labels: expect.not.stringMatching(digest.labels),
        });
      }
    }
    const votes = Float32Array.from({ length: 180 }, (_, i) => (i % 3 === 0 ? 1 : 0));
    expect(digestOfData({ ...data, train: { ...data.train, votes } }).labels).not.toBe(digest.labels);
  });
});

describe("a run that goes on", () => {
  let folder: string;
  const settings = tinySettings({ steps: 4 });
  const begin = (name: string) => {
    const run = createRun(join(folder, name), settings);
    for (const { step } of train({ ...buildTraining(settings, stripes()), run })) if (step === 2) break;
    return run.dir;
  };
  const goOn = (dir: string, data: Dataset) => {
    const run = openRun(dir);
    return [...train({ ...buildTraining(settings, data, run), run })].map(({ step }) => step);
  };
  beforeAll(() => {
    setThreads(1);
    folder = mkdtempSync(join(tmpdir(), "digest-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("refuses data that are as many, but others", () => {
    const dir = begin("swapped");
    const refusal = (what: string) =>
      `run at ${dir}: expected the data it began with, but other ${what} are there now.\n  Put the data back as they were, or train anew with --out.`;
    expect(() => goOn(dir, changed(stripes(), "train", "labels"))).toThrow(refusal("labels"));
    expect(() => goOn(dir, changed(stripes(), "validation", "pixel"))).toThrow(refusal("pixels"));
    expect(() => goOn(dir, stripes({ seed: 1 }))).toThrow(refusal("pixels"));
    expect(goOn(dir, changed(stripes(), "train", "ids"))).toEqual([3, 4]);
  });

  it("refuses them where it was stopped before its first step or its first checkpoint, too", () => {
    const run = createRun(join(folder, "stopped at once"), settings);
    const training = train({ ...buildTraining(settings, stripes()), run });
    const stopped = new Error("killed in the first step");
    const { append } = StepsLog.prototype;
    StepsLog.prototype.append = () => {
      throw stopped;
    };
    try {
      expect(() => training.next()).toThrow(stopped);
    } finally {
      StepsLog.prototype.append = append;
    }
    const there = openRun(run.dir);
    expect([there.begun, there.steps().length, there.data]).toEqual([false, 0, digestOfData(stripes())]);
    expect(() => goOn(run.dir, changed(stripes(), "train", "labels"))).toThrow("but other labels are there now.");
    expect(goOn(run.dir, stripes())).toEqual([1, 2, 3, 4]);
    const { checkpointed, data } = openRun(run.dir);
    expect({ checkpointed, data }).toEqual({ checkpointed: true, data: digestOfData(stripes()) });
  });

  it("takes what an earlier version left, which kept no digest", () => {
    const dir = begin("earlier");
    const run = openRun(dir);
    const { tensors, state } = run.last() as NonNullable<ReturnType<typeof run.last>>;
    const { data: _, ...earlier } = state;
    run.saveLast({ tensors, state: earlier });
    expect(goOn(dir, stripes())).toEqual([3, 4]);
    expect(openRun(dir).last()?.state.data).toEqual(digestOfData(stripes()));
  });
});
