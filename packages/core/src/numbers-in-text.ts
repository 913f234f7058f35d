/**
 * Numbers that a person writes in a flag or a `name=value`, by one rule for all: decimal, without zeros before the number, with a
 * point and a power of ten where it need not be whole. `0x10`, `007` and `1_000` are none.
 */

/** A whole number in digits alone; undefined for anything else, `1e3` and `5.0` among them: a seed is what it looks like. */
export function wholeIn(text: string): number | undefined {
  return /^-?(0|[1-9]\d*)$/.test(text.trim()) ? Number(text) : undefined;
}

/**
 * A decimal number; undefined for anything else and for one beyond 1.8e308.
 *
 * @example
 * numberIn("2.5e-3"); // 0.0025
 * numberIn("0x10"); // undefined
 */
export function numberIn(text: string): number | undefined {
  if (!/^[+-]?((0|[1-9]\d*)(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text.trim())) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}
