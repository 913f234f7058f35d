import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildNetwork } from "../building/build.ts";
import { openRun } from "../runs/run.ts";
import { resolveSettings } from "./settings.ts";

/** The settings of a run from before networks had heads, to the letter. */
const first = {
  preset: "best",
  data: { source: "generated", labels: "majority", votes: null, cache: true, count: 4000, difficulty: 1 },
  network: { name: "resnet18", dimensions: 64, width: 32, stem: "3x3-pool", size: 48, channels: 1, batchNorm: true },
  loss: { name: "sgm", sigma: 2, margin: 1, mining: "batch-hard", regularizer: 0 },
  targets: "auto",
  sampler: "balanced",
  perClass: 30,
  batch: 240,
  augmentation: "mild",
  optimizer: { name: "adamw", learningRate: 0.002, weightDecay: 0.01, amsgrad: false, momentum: 0.9 },
  schedule: { name: "one-cycle", warmup: 0.25 },
  epochs: 20,
  steps: null,
  clip: 5,
  ema: 0.998,
  precision: "auto",
  device: "auto",
  validation: { metric: "neighbors", gallery: 2000, every: 2 },
  patience: null,
  checkpoint: { seconds: 60 },
  seed: 0,
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "earlier-"));
});
afterAll(() => rmSync(folder, { recursive: true }));
const opened = (name: string, settings: unknown) => {
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, "settings.json"), JSON.stringify({ format: 1, settings }));
  return openRun(join(folder, name)).settings;
};

describe("a setting that was called something else", () => {
  it("is read by its old name wherever settings are, and has the new one from then on", () => {
    for (const settings of [
      resolveSettings({}, ["network.width=16"]),
      resolveSettings({ network: { width: 16 } }),
      resolveSettings({ network: { width: 8 } }, ["network.baseChannels=16"]),
      resolveSettings({ network: { baseChannels: 8 } }, ["network.width=16"]),
    ]) {
      expect(settings.network).toEqual({ ...resolveSettings().network, baseChannels: 16 });
    }
    expect(() => resolveSettings({}, ["network.width=0"])).toThrow(
      "settings: expected network.baseChannels to be a whole number of 1 or more, but got 0.",
    );
  });
});

describe("the folder of a run of before", () => {
  it("opens, with what it did then where there is a setting for it now", () => {
    const settings = opened("first", first);
    const { width, ...network } = first.network;
    expect(settings).toMatchObject({ ...first, network, loss: {} });
    expect(settings.network).toEqual({ ...network, baseChannels: width, head: "embedding", normalization: "published", weights: null });
    expect(settings.loss).toEqual({ name: "sgm", sigma: 2, means: "votes", leaveOneOut: false, memory: null }); // the rest is of other losses
  });

  it("makes the network that its weights are of", () => {
    using network = buildNetwork(opened("network", first), 8);
    expect(network.settings).toMatchObject({ name: "resnet18", baseChannels: 32, stem: "3x3-pool", head: "embedding" });
  });

  it("is refused as ever where it lacks what there always was", () => {
    const { seed: _, ...rest } = first;
    expect(() => opened("no seed", rest)).toThrow("settings: expected seed to be a whole number from 0 to 4294967295, but got nothing.");
    expect(() => opened("no network", { ...first, network: undefined })).toThrow("settings: expected network.name to be one of");
  });
});
