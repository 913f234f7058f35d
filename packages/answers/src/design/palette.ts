import type { Expression } from "@semblant/core";
import type { MarkerShape } from "./markers.ts";
import { colors } from "./tokens.ts";

/** How a class looks in every picture: a color for light paper and one for dark, and a shape that says the same without color. */
export interface ClassStyle {
  readonly color: string;
  readonly dark: string;
  readonly shape: MarkerShape;
}

/**
 * The eight expressions' colors and shapes, the only place where they stand.
 *
 * The hues are those of Okabe and Ito (2008), moved in lightness until the two most alike of the 28 pairs differ by 11 or more
 * (100 times the distance in Oklab) for normal sight, protanopia, deuteranopia and tritanopia (Machado et al. 2009, severity 1).
 * Shapes tell them apart where color is gone altogether.
 */
export const expressionStyles: Readonly<Record<Expression, ClassStyle>> = {
  neutral: { color: "#aab0ba", dark: "#f4f3ea", shape: "circle" },
  happiness: { color: "#dfa700", dark: "#da8b00", shape: "triangle" },
  surprise: { color: "#2794dc", dark: "#9bd0fd", shape: "diamond" },
  sadness: { color: "#2952af", dark: "#4a67e7", shape: "triangle down" },
  anger: { color: "#db6856", dark: "#c43808", shape: "square" },
  disgust: { color: "#01401a", dark: "#30ba96", shape: "cross" },
  fear: { color: "#821d66", dark: "#95408f", shape: "plus" },
  contempt: { color: "#6e5b02", dark: "#fad34c", shape: "star" },
};

const styles = Object.values(expressionStyles);
const names = Object.keys(expressionStyles);

/**
 * Which of the eight styles each class has, from 0 to 7: an expression its own whatever the order of the classes, so that it looks the
 * same in every picture; other classes those that are left, in order, and from the ninth class on all over again.
 *
 * @example
 * styleIndexes(["happiness", "cat", "neutral"]); // [1, 2, 0]
 */
export function styleIndexes(classes: readonly string[]): number[] {
  const taken = new Set(classes.map((name) => names.indexOf(name)));
  const free = styles.flatMap((_, i) => (taken.has(i) ? [] : [i]));
  const order = free.length > 0 ? free : styles.map((_, i) => i);
  let next = 0;
  return classes.map((name) => (names.includes(name) ? names.indexOf(name) : (order[next++ % order.length] as number)));
}

/**
 * The color and shape of each class; see {@link styleIndexes}.
 *
 * @example
 * classStyles(["anger"])[0].shape; // "square"
 */
export function classStyles(classes: readonly string[]): ClassStyle[] {
  return styleIndexes(classes).map((i) => styles[i] as ClassStyle);
}

/** Colors that are no class's: ink of text and axes, soft captions, rules, and the marks of same and other class. */
export const paper = {
  ink: colors.ink[0],
  soft: colors.soft[0],
  line: "#c9ced6", // darker than the page's: a rule in a picture is often a hair wide
  ground: colors.card[0],
  same: colors.good[0],
  other: colors.bad[0],
} as const;

/** Colors of series where they are no classes, the first the strongest; each series has its own marker and dash beside. */
export const seriesColors = ["#0b5aa0", "#c8500a", "#00795a", "#821d66", "#8a6d00", "#2b2f36"] as const;

/** The same hues on dark paper. */
export const darkSeriesColors = ["#6db5f2", "#ff9a5c", "#43cfa3", "#d78ac0", "#e0bd3c", "#c3cad4"] as const;

/**
 * A color as dark as words need to be read on white (a contrast of 4.5 or more, as WCAG 2 asks), mixed with ink as far as that takes.
 *
 * @example
 * readable("#0b5aa0"); // "#0b5aa0"
 * readable("#dfa700"); // "#917313"
 */
export function readable(color: string): string {
  const parts = (hex: string) => [1, 3, 5].map((from) => Number.parseInt(hex.slice(from, from + 2), 16));
  const [from, ink] = [parts(color), parts(paper.ink)];
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = from.map((value, c) => Math.round(value + ((ink[c] as number) - value) * share));
    if (1.05 / (luminance(mixed) + 0.05) >= 4.5) return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
  }
  return paper.ink;
}

/** Relative luminance of sRGB values from 0 to 255. */
function luminance(values: readonly number[]): number {
  const [r, g, b] = values.map((value) => (value <= 10.31475 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * (r as number) + 0.7152 * (g as number) + 0.0722 * (b as number);
}
