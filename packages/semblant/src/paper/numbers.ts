import type { Estimate } from "@semblant/core";

/** `82.4 (81.0–83.7)`; without an interval where there is none. */
export function withInterval({ value, low, high }: Estimate, digits = 1): string {
  return Number.isFinite(low) ? `${value.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})` : value.toFixed(digits);
}

/** `+1.2`, `−0.3`. */
export function signed(value: number, digits = 1): string {
  return (value >= 0 ? "+" : "−") + Math.abs(value).toFixed(digits);
}

/** `3,137`. */
export const count = (n: number): string => n.toLocaleString("en-US");
