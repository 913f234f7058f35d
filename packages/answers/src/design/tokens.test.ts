import { describe, expect, it } from "vitest";
import { colors, overPhoto, sheetColors, spaces, textSizes, tokensCss } from "./tokens.ts";

/** Contrast of two colors as WCAG 2 has it, from 1 to 21. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) =>
    [1, 3, 5]
      .map((from) => Number.parseInt(hex.slice(from, from + 2), 16) / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
      .reduce((sum, value, i) => sum + value * ([0.2126, 0.7152, 0.0722][i] as number), 0);
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

describe.each([
  ["light", 0],
  ["dark", 1],
] as const)("the colors on %s paper", (_, scheme) => {
  const of = (name: keyof typeof colors) => colors[name][scheme];

  it("can be read: words are 4.5 to 1 or more beside what they stand on", () => {
    const grounds = ["paper", "card", "raised", "sunken"] as const;
    for (const word of ["ink", "soft", "accent", "good", "bad"] as const)
      for (const ground of grounds) expect(contrast(of(word), of(ground)), `${word} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of("on-accent"), of("accent"))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of("accent"), of("accent-soft"))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of("bad"), of("bad-soft"))).toBeGreaterThanOrEqual(4.5);
  });

  it("show what can be pressed: its edge is 3 to 1 or more beside paper and card", () => {
    for (const ground of ["paper", "card"] as const) expect(contrast(of("edge"), of(ground))).toBeGreaterThanOrEqual(3);
  });

  it("can be read on sheets and reports, too", () => {
    for (const word of ["ink", "soft", "accent", "good", "bad"] as const)
      for (const ground of ["paper", "card"] as const)
        expect(contrast(sheetColors[word][scheme], sheetColors[ground][scheme]), `${word} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  });
});

describe("the tokens", () => {
  it("have words over photos that can be read on their own ground", () => {
    expect(contrast(overPhoto.ink, overPhoto.light)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(overPhoto.light, overPhoto.accent)).toBeGreaterThanOrEqual(4.5);
  });

  it("step type by a quarter and space by four pixels", () => {
    expect(Object.values(textSizes)).toEqual([12.8, 14, 16, 20, 25, 31]);
    expect(spaces.filter((pixels) => pixels % 4 !== 0)).toEqual([]);
  });

  it("are the page's style sheet, to the letter", async () => {
    await expect(tokensCss()).toMatchFileSnapshot("../../../web/src/design/css/tokens.css");
  });
});
