import { DataError, invalidOption, refuseUnknown } from "../errors.ts";

/**
 * The greatest log-density below which at most 1 − `accept` of known rows lie: as `minimumLogDensity` it accepts at least that part
 * of them, and calls the rest "none of these".
 *
 * Take rows that the Gaussians were not fitted to: their own rows lie closer to the means than new ones will.
 *
 * @param logDensities (rows): ln p(x) of known rows, as `logDensity` gives them
 * @throws OptionError if `accept` is not above 0 and at most 1, or an option is unknown
 * @throws DataError if there are no rows, or one is NaN
 *
 * @example
 * densityThreshold([-9, -2, -1, -3, -4], { accept: 0.8 }); // -4
 */
export function densityThreshold(logDensities: ArrayLike<number>, options: { readonly accept: number }): number {
  const where = "densityThreshold";
  refuseUnknown(where, options, ["accept"]);
  const { accept } = options;
  if (!(accept > 0 && accept <= 1)) throw invalidOption(where, "accept", "a number above 0, at most 1", accept);
  const falling = Float64Array.from(logDensities).sort().reverse();
  if (falling.length === 0) throw new DataError(`${where}: expected at least 1 log-density, but got none.`);
  const bad = Array.from(logDensities).findIndex(Number.isNaN);
  if (bad >= 0) throw new DataError(`${where}: expected log-densities that are numbers, but row ${bad} has NaN.`);
  const accepted = Math.ceil(accept * falling.length - 1e-9); // 0.8 · 5 is not to be 5 for a rounding error
  return falling[Math.max(0, accepted - 1)] as number;
}
