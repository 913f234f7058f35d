import { mostProbable } from "../metrics/confidence.ts";
import { flatten, fromLogOdds, logOdds } from "./odds.ts";
import type { ShiftReference } from "./shift-reference.ts";

/**
 * What a face's own density takes off the log-odds of its name: 0 where it lies as other faces do, less than 0 where few do.
 */
export function discountOfFace(logDensity: number, { from, slope }: ShiftReference["density"]): number {
  return logDensity < from ? -slope * (from - logDensity) : 0;
}

/**
 * (rows, classes): probabilities of which those of faces that lie where few do are discounted. No name changes.
 *
 * @param posterior (rows, classes), each row summing to 1
 * @param logDensity (rows): ln p(x), in nats
 */
export function discountFaces(
  posterior: Float64Array,
  logDensity: ArrayLike<number>,
  { density, shares: { length: classes } }: Pick<ShiftReference, "density" | "shares">,
): Float64Array {
  const discounted = posterior.slice();
  const { confidence } = mostProbable(posterior, classes);
  for (let i = 0; i < confidence.length; i++) {
    const off = discountOfFace(logDensity[i] as number, density);
    if (off < 0) flatten(discounted.subarray(i * classes, (i + 1) * classes), fromLogOdds(logOdds(confidence[i] as number) + off));
  }
  return discounted;
}
