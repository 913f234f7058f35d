import { OptionError } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { arcFace } from "./arcface.ts";
import { contrastive } from "./contrastive.ts";
import { liftedStructure } from "./lifted-structure.ts";
import { proxyAnchor } from "./proxy-anchor.ts";
import { structuredGaussianManifold } from "./structured-gaussian-manifold.ts";
import { supervisedContrastive } from "./supervised-contrastive.ts";
import { triplet } from "./triplet.ts";

describe("a loss", () => {
  it.each<[string, (x: number) => unknown]>([
    ["sigma", (sigma) => structuredGaussianManifold({ sigma })],
    ["sigma", (sigma) => structuredGaussianManifold({ sigma: [1, sigma] })],
    ["margin", (margin) => triplet({ margin, mining: "batch-hard" })],
    ["margin", (margin) => contrastive({ margin })],
    ["margin", (margin) => liftedStructure({ margin })],
    ["temperature", (temperature) => supervisedContrastive({ temperature })],
    ["scale", (scale) => proxyAnchor(2, 3, { scale })],
    ["scale", (scale) => arcFace(2, 3, { scale })],
  ])("refuses numbers whose squares float32 has no room for: %s", (name, make) => {
    for (const x of [1e-300, 1e39, 1e300]) {
      expect(() => make(x)).toThrow(OptionError);
      expect(() => make(x)).toThrow(`: expected ${name} to be a number from 0.000001 to 1000000, but got ${x}.`);
    }
    for (const x of [1e-6, 1, 1e6]) expect(() => make(x)).not.toThrow();
  });
});
