import type { Estimate } from "@semblant/core";
import { numberText, rangeText, signedText } from "../words/number-text.ts";

/** `82.4 (81.0–83.7)`; without an interval where there is none. */
export function withInterval(estimate: Estimate, digits = 1): string {
  const range = rangeText(estimate, digits);
  return range === "" ? numberText(estimate.value, digits) : `${numberText(estimate.value, digits)} (${range})`;
}

/** `+1.2`, `−0.3`. */
export function signed(value: number, digits = 1): string {
  return signedText(value, digits);
}

/** `3,137`. */
export const count = (n: number): string => n.toLocaleString("en-US");
