import { expressions } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { classStyles, darkSeriesColors, expressionStyles, paper, readable, seriesColors, styleIndexes } from "./palette.ts";

/** What is left of linear red, green and blue to dichromats: Machado, Oliveira and Fernandes 2009, table 1, severity 1. */
const sights = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const;

const linear = (hex: string) =>
  [1, 3, 5].map((from) => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });

const times = (M: readonly number[], v: readonly number[]) =>
  [0, 1, 2].map((i) => [0, 1, 2].reduce((sum, j) => sum + (M[3 * i + j] as number) * (v[j] as number), 0));

/** Oklab (Ottosson 2020). */
function oklab(rgb: readonly number[]): number[] {
  const cones = times(
    [0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566, 0.0883024619, 0.2817188376, 0.6299787005],
    rgb.map((value) => Math.min(1, Math.max(0, value))),
  ).map(Math.cbrt);
  return times(
    [0.2104542553, 0.793617785, -0.0040720468, 1.9779984951, -2.428592205, 0.4505937099, 0.0259040371, 0.7827717662, -0.808675766],
    cones,
  );
}

function leastDifference(colors: readonly string[], sight: keyof typeof sights): number {
  const seen = colors.map((color) => oklab(times(sights[sight], linear(color))));
  const apart = seen.flatMap((a, i) => seen.slice(0, i).map((b) => 100 * Math.hypot(...a.map((value, c) => value - (b[c] as number)))));
  return Math.min(...apart);
}

const luminance = (color: string) => {
  const [r, g, b] = linear(color) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: string, b: string) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

describe("the palette", () => {
  it("has a color of its own for each series, on light paper and on dark", () => {
    expect(new Set(darkSeriesColors).size).toBe(seriesColors.length);
    for (const color of darkSeriesColors) expect(contrast(color, "#1a2029")).toBeGreaterThanOrEqual(3);
  });

  it("has a color and a marker of its own for each of the eight expressions, in the project's order", () => {
    expect(Object.keys(expressionStyles)).toEqual([...expressions]);
    for (const part of ["color", "dark", "shape"] as const) {
      expect(new Set(Object.values(expressionStyles).map((style) => style[part])).size).toBe(8);
    }
  });

  it("keeps every two expressions apart for normal sight and the three dichromacies, on light and on dark paper", () => {
    for (const sight of Object.keys(sights) as (keyof typeof sights)[]) {
      for (const part of ["color", "dark"] as const) {
        const colors = Object.values(expressionStyles).map((style) => style[part]);
        expect({ sight, part, apart: leastDifference(colors, sight) >= 11 }).toEqual({ sight, part, apart: true });
      }
    }
  });

  it("stands out from its paper", () => {
    for (const { color, dark } of Object.values(expressionStyles)) {
      expect(contrast(color, "#ffffff")).toBeGreaterThan(2.1);
      expect(contrast(dark, "#1a2029")).toBeGreaterThan(2.5);
    }
    for (const color of [...seriesColors, paper.ink, paper.soft, paper.same, paper.other])
      expect(contrast(color, "#ffffff")).toBeGreaterThan(4.4);
  });

  it("gives an expression the same look whatever the order of the classes, and others what is left", () => {
    expect(styleIndexes(["anger", "neutral"])).toEqual([4, 0]);
    expect(classStyles(["happiness"])[0]).toBe(classStyles(["neutral", "happiness"])[1]);
    const shoes = styleIndexes(["boot", "happiness", "clog", ...Array.from({ length: 20 }, (_, i) => `shoe ${i}`)]);
    expect(shoes.slice(0, 3)).toEqual([0, 1, 2]);
    expect(shoes.filter((look) => look === 1)).toHaveLength(1);
  });

  it("darkens a color until words in it can be read, and no further", () => {
    for (const { color } of Object.values(expressionStyles)) expect(contrast(readable(color), "#ffffff")).toBeGreaterThanOrEqual(4.5);
    expect(readable("#2952af")).toBe("#2952af");
  });
});
