import { invalidOption } from "./errors.ts";

/**
 * The value, if it is a whole number above 0.
 *
 * @throws OptionError if it is not
 */
export function wholeAbove0(where: string, name: string, value: number): number {
  if (Number.isInteger(value) && value > 0) return value;
  throw invalidOption(where, name, "a whole number above 0", value);
}

/**
 * The value, if it is a number above 0 that squares and quotients in float32 have room for.
 *
 * @throws OptionError if it is not
 */
export function above0(where: string, name: string, value: number): number {
  if (!(value > 0 && value < Infinity)) throw invalidOption(where, name, "a number above 0", value);
  if (value >= 1e-6 && value <= 1e6) return value;
  throw invalidOption(where, name, "a number from 0.000001 to 1000000", value);
}
