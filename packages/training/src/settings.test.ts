import { OptionError } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { presets } from "./presets.ts";
import { checkSettings, type PartialSettings, resolveSettings } from "./settings.ts";

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
      'settings: expected sampler to be balanced or plain, but got "triplets".\n  Only a triplet loss with loss.mining=random takes batches of triplets.',
    );
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
    expect(refused({}, ["loss.name=center"])).toBe('settings: expected loss.name to be one of sgm, triplet, softmax, but got "center".');
    expect(refused({}, ["epochs"])).toBe('settings: expected an override like loss.sigma=2, but got "epochs".');
    expect(refused({}, ["ema=1"])).toBe("settings: expected ema to be a number between 0 and 1, or none, but got 1.");
    expect(refused({}, ["device=gpu"])).toBe('settings: expected device to be auto, cpu, cuda or cuda:<number>, but got "gpu".');
    expect(refused({ epochs: Number.NaN })).toBe("settings: expected epochs to be a whole number of 1 or more, but got NaN.");
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
    expect(() => checkSettings(rest)).toThrow("settings: expected seed to be a whole number from 0 to 4294967295, but got undefined.");
  });
});

describe("presets", () => {
  it("are complete and in range", () => {
    for (const preset of Object.values(presets)) expect(checkSettings(preset)).toBe(preset);
  });

  it("carry their own name", () => {
    for (const [name, preset] of Object.entries(presets)) expect(preset.preset).toBe(name);
  });
});
