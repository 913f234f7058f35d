import { OptionError } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { lossNames } from "../catalog/losses.ts";
import { presets } from "./presets.ts";
import type { PartialSettings } from "./setting-types.ts";
import { checkSettings, resolveSettings } from "./settings.ts";

describe("resolveSettings", () => {
  it("gives the best preset when nothing is given", () => {
    expect(resolveSettings()).toEqual(presets.best);
  });

  it("fills in from the preset that is named", () => {
    const settings = resolveSettings({ preset: "paper", loss: { sigma: 0.5 } });
    expect(settings).toEqual({ ...presets.paper, loss: { ...presets.paper.loss, sigma: 0.5 } });
  });

  it("lets a dotted override win over what is given", () => {
    expect(resolveSettings({ loss: { sigma: 3 } }, ["loss.sigma=2"]).loss.sigma).toBe(2);
  });

  it("reads numbers, texts, flags and none in overrides", () => {
    const settings = resolveSettings({}, [
      "optimizer.amsgrad=true",
      "clip=none",
      "schedule.name=cosine",
      "optimizer.learningRate=1e-3",
      "augmentation=none",
    ]);
    expect(settings.optimizer.amsgrad).toBe(true);
    expect(settings.clip).toBeNull();
    expect(settings.schedule.name).toBe("cosine");
    expect(settings.optimizer.learningRate).toBe(0.001);
    expect(settings.augmentation).toBe("none");
  });

  it("lets an override name the preset", () => {
    expect(resolveSettings({}, ["preset=paper"]).optimizer.learningRate).toBe(1e-4);
  });

  it("keeps a path that looks like a number a text", () => {
    expect(resolveSettings({}, ["data.source=2013"]).data.source).toBe("2013");
  });

  it("takes the sampler of triplets for triplets drawn at random, and balanced batches for mined ones", () => {
    expect(resolveSettings({ loss: { name: "triplet", mining: "random" } }).sampler).toBe("triplets");
    expect(resolveSettings({ loss: { name: "triplet", mining: "batch-hard" } }).sampler).toBe("balanced");
    expect(resolveSettings({ loss: { name: "triplet", mining: "batch-hard" }, sampler: "plain" }).sampler).toBe("plain");
  });

  it("refuses a sampler that does not go with the loss", () => {
    expect(() => resolveSettings({ loss: { name: "triplet", mining: "random" }, sampler: "balanced" })).toThrow(
      'settings: expected sampler to be triplets for a triplet loss with random mining, but got "balanced".',
    );
    expect(() => resolveSettings({ sampler: "triplets" })).toThrow(
      'settings: expected sampler to be balanced, square-root or plain, but got "triplets".\n  Only a triplet loss with loss.mining=random takes batches of triplets.',
    );
  });

  it("gives a network that is named the size its authors gave it and only the options it has", () => {
    const network = (...overrides: string[]) => resolveSettings({}, overrides).network;
    const shared = { head: "embedding", dimensions: 64, baseChannels: 64, channels: 1, normalization: "published", weights: null };
    expect(network("network.name=fmpnet")).toEqual({ ...shared, name: "fmpnet", size: 48, batchNorm: true, pooling: "fixed" });
    expect(network("network.name=cvgg13")).toEqual({ ...shared, name: "cvgg13", size: 64 });
    expect(network("network.name=alexnet")).toEqual({ ...shared, name: "alexnet", size: 227 });
    expect(network("network.name=preactresnet18")).toEqual({ ...shared, name: "preactresnet18", size: 32, batchNorm: true });
    expect(network("network.name=resnet18")).toEqual(presets.best.network);
    expect(network("network.name=cvgg13", "network.size=48", "network.weights=start.safetensors")).toMatchObject({
      size: 48,
      weights: "start.safetensors",
    });
  });

  it("gives a network without batch norm a rate it survives, unless one is named", () => {
    const rate = (...overrides: string[]) => resolveSettings({}, overrides).optimizer.learningRate;
    expect([rate(), rate("network.name=fmpnet"), rate("network.name=alexnet"), rate("network.batchNorm=false")]).toEqual([
      2e-3, 2e-3, 3e-4, 3e-4,
    ]);
    expect(rate("network.name=cvgg13", "optimizer.learningRate=0.002")).toBe(2e-3);
    expect(rate("preset=paper", "network.name=cvgg13")).toBe(1e-4);
  });

  it("takes the head classes and the loss cross-entropy together, whichever is named", () => {
    for (const override of ["loss.name=cross-entropy", "network.head=classes"]) {
      const { network, loss } = resolveSettings({}, [override]);
      expect([network.head, loss.name]).toEqual(["classes", "cross-entropy"]);
    }
    expect(() => resolveSettings({}, ["loss.name=cross-entropy", "network.head=embedding"])).toThrow(
      'settings: expected network.head to be classes for the loss cross-entropy, but got "embedding".',
    );
    expect(() => resolveSettings({}, ["loss.name=sgm", "network.head=classes"])).toThrow(
      'settings: expected loss.name to be cross-entropy for a network with the head classes, but got "sgm".',
    );
  });

  it("refuses what a network cannot be", () => {
    const refusal = (...overrides: string[]) => expect(() => resolveSettings({}, overrides));
    refusal("network.name=alexnet", "network.size=48").toThrow(
      "settings: expected network.size to be 63 or more, the smallest that AlexNet's layers can take, but got 48.",
    );
    refusal("network.name=cvgg13", "network.batchNorm=true").toThrow(
      "settings: expected network.batchNorm to be false for CVGG13, which has none, but got true.",
    );
    refusal("network.name=fmpnet", "network.stem=3x3").toThrow(
      'settings: expected network.stem to be none for FMPNet, which has no choice of it, but got "3x3".',
    );
    refusal("network.stem=none").toThrow("settings: expected network.stem to be one of 7x7, 3x3-pool, 3x3 for ResNet18, but got null.");
    refusal("network.pooling=max").toThrow(
      'settings: expected network.pooling to be none for ResNet18, which has no choice of it, but got "max".',
    );
    refusal("network.name=fmpnet", "network.pooling=max", "network.size=50").toThrow(
      "settings: expected network.size to be a multiple of 8 with network.pooling=max, but got 50.",
    );
    refusal("network.name=vgg").toThrow(
      'settings: expected network.name to be one of alexnet, cvgg13, fmpnet, preactresnet18, resnet18, but got "vgg".',
    );
  });

  it("leaves margin, scale and weights to each loss unless they are named", () => {
    expect(resolveSettings({ loss: { name: "arcface" } }).loss).toEqual({ name: "arcface", margin: null, scale: null, memory: null });
    expect(resolveSettings({}, ["loss.name=contrastive", "loss.memory=1024", "loss.margin=0.5"]).loss).toMatchObject({
      memory: 1024,
      margin: 0.5,
    });
    expect(resolveSettings({}, ["loss.memory=none"]).loss.memory).toBeNull();
  });

  it("survives JSON", () => {
    const settings = resolveSettings({ seed: 7 });
    expect(checkSettings(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
  });

  it("refuses unknown names with the nearest known one", () => {
    const refused = (given: PartialSettings, overrides: string[] = []) => {
      try {
        resolveSettings(given, overrides);
      } catch (error) {
        expect(error).toBeInstanceOf(OptionError);
        return (error as Error).message;
      }
      return "nothing refused";
    };
    expect(refused({}, ["loss.sgima=2"])).toBe('settings: unknown option "loss.sgima"; did you mean "loss.sigma"?');
    expect(refused({ optimizer: { learningrate: 1 } } as PartialSettings)).toBe(
      'settings: unknown option "optimizer.learningrate"; did you mean "optimizer.learningRate"?',
    );
    expect(refused({ loss: { sigma: 0 } })).toBe("settings: expected loss.sigma to be a number above 0, but got 0.");
    expect(refused({}, ["loss.name=center"])).toBe(`settings: expected loss.name to be one of ${lossNames.join(", ")}, but got "center".`);
    expect(refused({}, ["epochs"])).toBe('settings: expected an override like loss.sigma=2, but got "epochs".');
    expect(refused({}, ["ema=1"])).toBe("settings: expected ema to be a number between 0 and 1, or none, but got 1.");
    expect(refused({}, ["device=gpu"])).toBe('settings: expected device to be auto, cpu, cuda or cuda:<number>, but got "gpu".');
    expect(refused({ epochs: Number.NaN })).toBe("settings: expected epochs to be a whole number of 1 or more, but got NaN.");
  });

  it.each([
    ["optimizer.learningRate=1e39", "a number from 1e-12 to 1000000000000", "1e+39"],
    ["optimizer.learningRate=1e-300", "a number from 1e-12 to 1000000000000", "1e-300"],
    ["optimizer.weightDecay=1e39", "a number from 0 to 1000000000000", "1e+39"],
    ["network.size=100000", "a whole number from 8 to 1024", "100000"],
    ["network.baseChannels=1000000000", "a whole number from 1 to 1024", "1000000000"],
    ["network.dimensions=1000000000", "a whole number from 1 to 4096", "1000000000"],
    ["perClass=1000000000", "a whole number from 1 to 65536", "1000000000"],
    ["batch=1000000000", "a whole number from 1 to 65536", "1000000000"],
    ["data.count=1000000000000", "a whole number from 8 to 10000000", "1000000000000"],
    ["data.difficulty=1e9", "a number from 0 to 100", "1000000000"],
    ["loss.sigma=1e-300", "a number from 0.000001 to 1000000", "1e-300"],
    ["loss.sigma=1e300", "a number from 0.000001 to 1000000", "1e+300"],
    ["loss.temperature=1e-300", "a number from 0.000001 to 1000000", "1e-300"],
    ["loss.margin=1e300", "a number from 0.000001 to 1000000, or none", "1e+300"],
    ["loss.scale=1e300", "a number from 0.000001 to 1000000, or none", "1e+300"],
    ["loss.regularizer=1e300", "a number from 0 to 1000000, or none", "1e+300"],
    ["loss.positiveMargin=1e300", "a number from 0 to 1000000", "1e+300"],
    ["loss.memory=1000000000000", "a whole number from 1 to 10000000, or none", "1000000000000"],
    ["epochs=1000000000000", "a whole number from 1 to 1000000", "1000000000000"],
    ["steps=1000000000000", "a whole number from 1 to 1000000000, or none", "1000000000000"],
    ["clip=1e300", "a number from 1e-12 to 1000000000000, or none", "1e+300"],
    ["validation.gallery=1000000000000", "a whole number from 1 to 10000000", "1000000000000"],
    ["validation.every=1000000000000", "a whole number from 1 to 1000000", "1000000000000"],
    ["patience=1000000000000", "a whole number from 1 to 1000000, or none", "1000000000000"],
    ["checkpoint.seconds=1e300", "a number from 0 to 1000000000", "1e+300"],
  ])("refuses numbers that float32 or memory has no room for: %s", (override, expected, got) => {
    const name = override.split("=")[0];
    expect(() => resolveSettings({}, [override])).toThrow(new OptionError(`settings: expected ${name} to be ${expected}, but got ${got}.`));
  });

  it("refuses more generated faces than memory holds", () => {
    const given = ["data.source=generated", "data.size=1024", "data.channels=3", "data.count=100000"];
    expect(() => resolveSettings({}, given)).toThrow(
      new OptionError("settings: expected data.count to be a whole number from 8 to 10922 for images of data.size=1024, but got 100000."),
    );
    expect(resolveSettings({}, given.with(3, "data.count=10922")).data.count).toBe(10922);
  });

  it("takes numbers as flags do: decimal, whole ones in digits alone", () => {
    expect(() => resolveSettings({}, ["seed=1e3"])).toThrow(
      new OptionError('settings: expected seed to be a whole number from 0 to 4294967295, but got "1e3".'),
    );
    for (const override of ["seed=0x10", "network.baseChannels=007", "epochs=1e1", "loss.sigma=0x2", "data.channels=0x1", "steps=5.0"]) {
      expect(() => resolveSettings({}, [override])).toThrow(OptionError);
    }
    const { seed, steps, loss, optimizer, data } = resolveSettings({}, [
      "seed=1000",
      "steps=20",
      "loss.sigma=.5",
      "optimizer.learningRate=1e-3",
      "data.channels=3",
    ]);
    expect([seed, steps, loss.sigma, optimizer.learningRate, data.channels]).toEqual([1000, 20, 0.5, 1e-3, 3]);
  });

  it("refuses a section that is not a section", () => {
    expect(() => resolveSettings({ loss: "sgm" } as unknown as PartialSettings)).toThrow(/unknown option "loss"/);
    expect(() => resolveSettings({ loss: ["sgm"] } as unknown as PartialSettings)).toThrow(OptionError);
  });
});

describe("checkSettings", () => {
  it("refuses settings that lack a value", () => {
    const { seed, ...rest } = presets.best;
    expect(seed).toBe(0);
    expect(() => checkSettings(rest)).toThrow("settings: expected seed to be a whole number from 0 to 4294967295, but got nothing.");
  });
});

describe("presets", () => {
  it("are complete and in range", () => {
    for (const preset of Object.values(presets)) expect(checkSettings(preset)).toEqual(preset);
  });

  it("carry their own name", () => {
    for (const [name, preset] of Object.entries(presets)) expect(preset.preset).toBe(name);
  });
});
