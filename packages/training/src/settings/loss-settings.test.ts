import { describe, expect, it } from "vitest";
import { buildLoss } from "../building/build.ts";
import { lossNames } from "../catalog/losses.ts";
import { resolveSettings } from "./settings.ts";

const lossOf = (...overrides: string[]) => buildLoss(resolveSettings({}, ["network.dimensions=4", ...overrides]), 3);
/** Where a name has a loss of another name: the field's abbreviation, or its words in one. */
const functions: Readonly<Record<string, string>> = {
  sgm: "structuredGaussianManifold",
  triplet: "triplet",
  softmax: "softmaxHead",
  "cross-entropy": "crossEntropyLoss",
  contrastive: "contrastive",
  "n-pair": "nPair",
  "lifted-structure": "liftedStructure",
  "supervised-contrastive": "supervisedContrastive",
  "proxy-anchor": "proxyAnchor",
  arcface: "arcFace",
};

describe("the settings of a loss", () => {
  it.each(lossNames)("name the loss %s", (name) => {
    expect(lossOf(`loss.name=${name}`).name).toBe(functions[name] ?? name);
  });

  it("leave to each loss its own margin, scale, regularizer and sphere unless they are named", () => {
    expect(lossOf("loss.name=contrastive").settings).toEqual({ margin: 1, positiveMargin: 0, normalize: true });
    expect(lossOf("loss.name=lifted-structure").settings).toEqual({ margin: 1, positiveMargin: 0, normalize: true });
    expect(lossOf("loss.name=n-pair").settings).toEqual({ regularizer: 0.001, normalize: false });
    expect(lossOf("loss.name=supervised-contrastive").settings).toEqual({ temperature: 0.1 });
    expect(lossOf("loss.name=proxy-anchor").settings).toEqual({ dimensions: 4, classes: 3, margin: 0.1, scale: 32 });
    expect(lossOf("loss.name=arcface").settings).toEqual({ dimensions: 4, classes: 3, margin: 28.6, scale: 64 });
    expect(lossOf("loss.name=triplet").settings).toEqual({ margin: 1, mining: "semi-hard", regularizer: 0, normalize: false });
    const weighted = lossOf("loss.name=triplet", "loss.mining=distance-weighted");
    expect(weighted.settings).toEqual({ margin: 0.2, mining: "distance-weighted", regularizer: 0, normalize: true });
  });

  it("hand on what is named", () => {
    const contrastive = lossOf("loss.name=contrastive", "loss.margin=0.5", "loss.positiveMargin=0.1", "loss.normalize=false");
    expect(contrastive.settings).toEqual({ margin: 0.5, positiveMargin: 0.1, normalize: false });
    expect(lossOf("loss.name=arcface", "loss.margin=20", "loss.scale=16").settings).toMatchObject({ margin: 20, scale: 16 });
    expect(lossOf("loss.name=supervised-contrastive", "loss.temperature=0.5").settings).toEqual({ temperature: 0.5 });
    expect(lossOf("loss.name=n-pair", "loss.regularizer=0").settings).toMatchObject({ regularizer: 0 });
    expect(lossOf("loss.name=triplet", "loss.normalize=true").settings).toMatchObject({ margin: 0.2, normalize: true });
  });

  it("put a memory around the loss where they ask for one", () => {
    const { name, settings } = lossOf("loss.name=supervised-contrastive", "loss.memory=64");
    expect([name, settings]).toEqual(["crossBatchMemory", { temperature: 0.1, loss: "supervisedContrastive", dimensions: 4, size: 64 }]);
  });

  it("refuse a memory or a normalization that the loss has no use for", () => {
    const refusal = (...overrides: string[]) => {
      try {
        resolveSettings({}, overrides);
      } catch (error) {
        return (error as Error).message;
      }
      return "nothing refused";
    };
    expect(refusal("loss.memory=64")).toBe("settings: expected loss.memory to be none for the loss sgm, but got 64.");
    expect(refusal("loss.name=triplet", "loss.mining=random", "loss.memory=64")).toBe(
      "settings: expected loss.memory to be none for triplets that are drawn with the batch, but got 64.",
    );
    expect(refusal("loss.name=softmax", "loss.normalize=true")).toBe(
      "settings: expected loss.normalize to be false or none for the loss softmax, but got true.",
    );
    expect(refusal("loss.name=arcface", "loss.normalize=false")).toBe(
      "settings: expected loss.normalize to be true or none for the loss arcface, but got false.",
    );
    expect(refusal("loss.name=triplet", "loss.mining=distance-weighted", "loss.normalize=false")).toBe(
      "settings: expected loss.normalize to be true or none for distance-weighted mining, whose weights are those of the sphere, but got false.",
    );
    expect(refusal("loss.name=triplet", "loss.normalize=true", "loss.memory=512")).toBe("nothing refused");
  });
});
