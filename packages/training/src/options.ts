import { invalidOption } from "@semblant/core";

/**
 * The value, if it is a whole number above 0.
 *
 * @throws OptionError if it is not
 */
export function wholeAbove0(where: string, name: string, value: number): number {
  if (Number.isInteger(value) && value > 0) return value;
  throw invalidOption(where, name, "a whole number above 0", value);
}
