import { liveTensors, setThreads, tidy } from "@semblant/torch";
import { beforeAll, describe, expect, it } from "vitest";
import { lossNames } from "../catalog/losses.ts";
import { stripes, tinySettings } from "../fixtures/stripes.ts";
import { structuredGaussianManifold } from "../losses/structured-gaussian-manifold.ts";
import { resnet18 } from "../networks/resnet.ts";
import type { Settings } from "../settings/setting-types.ts";
import type { Step } from "../steps/step.ts";
import { buildTraining } from "./build-training.ts";
import { train } from "./train.ts";

beforeAll(() => setThreads(1));

const data = stripes();
const trained = (settings: Settings, set = data) => [...train(buildTraining(settings, set))];

describe("train", () => {
  it("yields a record a step, and validates at the end of each epoch", () => {
    const records = trained(tinySettings());
    expect(records.map(({ step, epoch }) => [step, epoch])).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((step) => [step, step <= 5 ? 1 : 2]),
    );
    expect(records.filter(({ validation }) => validation).map(({ step }) => step)).toEqual([5, 10]);
    expect(records[0]).toMatchObject({ steps: 10, epochs: 2 });
    expect(records.every(({ loss, learningRate, imagesPerSecond }) => loss >= 0 && learningRate > 0 && imagesPerSecond > 0)).toBe(true);
    expect(records.at(-1)).toMatchObject({ secondsLeft: 0, ended: { reason: "finished", message: "All 10 steps are done." } });
    expect(records.slice(0, -1).every(({ ended }) => ended === undefined)).toBe(true);
  });

  it("takes network, data and loss in one line, and leaves the rest to the best preset", () => {
    const network = resnet18({ channels: 1, dimensions: 8, baseChannels: 4, size: 16 });
    const losses: number[] = [];
    for (const step of train({ network, data, loss: structuredGaussianManifold({ sigma: 1 }), perClass: 4, seed: 0 })) {
      losses.push(step.loss);
      if (step.step === 3) break;
    }
    expect(losses.length).toBe(3);
  });

  it.each(lossNames.map((name) => [name]))("learns to tell stripes apart by the loss %s", (name) => {
    const last = trained(tinySettings({ loss: { name }, epochs: 12, augmentation: "none" })).at(-1) as Step;
    expect(last.validation?.best).toBeGreaterThan(90);
  });

  it("learns to tell stripes apart by pairs with a memory", () => {
    const last = trained(tinySettings({ loss: { name: "contrastive", memory: 40 }, epochs: 12, augmentation: "none" })).at(-1) as Step;
    expect(last.validation?.best).toBeGreaterThan(90);
  });

  it("gives the same losses for the same seed and others for another", () => {
    const losses = (seed: number) => trained(tinySettings({ seed, steps: 4 })).map(({ loss }) => loss);
    expect(losses(3)).toEqual(losses(3));
    expect(losses(3)).not.toEqual(losses(4));
  });

  it("warns where the loss falls and validation does not follow, as with labels that say nothing of the images", () => {
    const labels = data.train.labels.map((_, i) => Math.floor(i / 20)); // a third of the stripes of each kind in every class
    const records = trained(tinySettings({ epochs: 24, augmentation: "none" }), { ...data, train: { ...data.train, labels } });
    expect(records.filter(({ warning }) => warning).every(({ validation }) => validation)).toBe(true);
    expect(records.at(-1)?.warning?.message).toMatch(/^What is learned holds for the training faces alone: the loss has fallen by \d\d %/);
    expect(trained(tinySettings({ epochs: 24, augmentation: "none" })).every(({ warning }) => warning === undefined)).toBe(true);
  });

  it("draws triplets for a triplet loss and says how many are active", () => {
    const records = trained(tinySettings({ loss: { name: "triplet", mining: "random" }, batch: 6, steps: 3 }));
    expect(records.every(({ activeTriplets }) => activeTriplets !== undefined && activeTriplets >= 0 && activeTriplets <= 1)).toBe(true);
  });

  it("takes votes as the known posterior where the images have them", () => {
    const votes = new Float32Array(60 * 3).fill(1 / 3);
    const voted = { ...data, train: { ...data.train, votes } };
    const [first] = trained(tinySettings({ steps: 1, loss: { name: "softmax" } }), voted);
    const [second] = trained(tinySettings({ steps: 1, loss: { name: "softmax" }, targets: "labels" }), voted);
    expect(first?.loss).not.toBe(second?.loss);
  });

  it("refuses votes of images without votes", () => {
    expect(() => trained(tinySettings({ targets: "votes" }))).toThrow(
      "train: expected training images with votes for targets=votes, but they have labels only.\n  Use targets=auto or targets=labels.",
    );
  });

  it("refuses data without training images", () => {
    expect(() => trained(tinySettings(), { ...data, train: stripes({ train: 0 }).train })).toThrow(
      "train: expected training images, but the data has none in its split train.",
    );
  });

  it("refuses an option it does not know, by name", () => {
    const options = { ...buildTraining(tinySettings(), data), learningrate: 1 };
    expect(() => train(options).next()).toThrow('settings: unknown option "learningrate"');
  });

  it("trains without validation images, and without a word of validation", () => {
    const records = trained(tinySettings({ steps: 5 }), stripes({ validation: 0 }));
    expect(records.some(({ validation }) => validation)).toBe(false);
  });

  it("ends after so many validations without a better one", () => {
    const records = trained(tinySettings({ epochs: 50, patience: 2, optimizer: { learningRate: 1e-12 }, ema: null }));
    const last = records.at(-1) as Step;
    expect(last.ended?.reason).toBe("patience");
    expect(last.step).toBeLessThan(250);
  });

  it("ends with the reason when the loss is not a number, and leaves the weights alone", () => {
    const training = buildTraining(tinySettings(), data);
    tidy(() => training.network.parameters()[0]?.detach().fillInPlace(Number.NaN));
    const records = [...train(training)];
    expect(records.length).toBe(1);
    expect(records[0]?.ended).toEqual({
      reason: "not finite",
      message: "The loss is NaN at step 1; a lower learning rate or a clip of gradients may help.",
    });
  });

  it("ends with the reason when all embeddings become one point", () => {
    const training = buildTraining(tinySettings({ epochs: 50, optimizer: { weightDecay: 0 } }), data);
    tidy(() => training.network.stateDict().get("fc.weight")?.detach().zeroInPlace());
    const last = [...train({ ...training, optimizer: { learningRate: 1e-12 } })].at(-1) as Step;
    expect(last.step).toBe(20);
    expect(last.ended?.reason).toBe("collapsed");
  });

  it("ends after the step in which its signal is aborted", () => {
    const stop = new AbortController();
    const records: Step[] = [];
    for (const step of train({ ...buildTraining(tinySettings(), data), signal: stop.signal })) {
      records.push(step);
      if (step.step === 2) stop.abort();
    }
    expect(records.length).toBe(3);
    expect(records.at(-1)?.ended).toEqual({ reason: "stopped", message: "Stopped after step 3 of 10." });
  });

  it("leaves no tensor behind, however many steps it takes", () => {
    const training = buildTraining(tinySettings({ steps: 30, loss: { name: "triplet", mining: "batch-hard" } }), data);
    const before = liveTensors();
    const counts: number[] = [];
    for (const step of train(training)) {
      if (step.step % 5 !== 0) counts.push(liveTensors()); // a validation may keep its best weights
    }
    expect(new Set(counts.slice(1, 4)).size).toBe(1);
    expect(new Set(counts.slice(-4)).size).toBe(1);
    expect(liveTensors()).toBe(before);
  });
});
