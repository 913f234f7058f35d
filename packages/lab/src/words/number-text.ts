/** What stands for a number that is not defined: a recall of a class without faces, an F1 without pairs. */
export const undefinedNumber = "–";

/**
 * A measured number as tables and pages print it; a dash where it is not defined.
 *
 * @example
 * [numberText(82.44, 1), numberText(Number.NaN, 1)]; // ["82.4", "–"]
 */
export function numberText(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : undefinedNumber;
}

/**
 * The ends of an interval, nothing where there is none.
 *
 * @example
 * rangeText({ low: 81, high: 83.66 }, 1); // "81.0–83.7"
 */
export function rangeText({ low, high }: { readonly low: number; readonly high: number }, digits: number): string {
  return Number.isFinite(low) && Number.isFinite(high) ? `${low.toFixed(digits)}–${high.toFixed(digits)}` : "";
}

/**
 * A difference with its sign; a dash where it is not defined.
 *
 * @example
 * [signedText(1.24, 1), signedText(-0.3, 1), signedText(Number.NaN, 1)]; // ["+1.2", "−0.3", "–"]
 */
export function signedText(value: number, digits: number): string {
  return Number.isFinite(value) ? (value >= 0 ? "+" : "−") + Math.abs(value).toFixed(digits) : undefinedNumber;
}
