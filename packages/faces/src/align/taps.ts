/** Where each row or column of a result comes from: pixels from `first` on, each with its weight, in parts of 2¹⁴. */
export interface Taps {
  readonly first: Int32Array;
  /** (length, wide): 0 where a place has fewer. */
  readonly weights: Int16Array;
  /** Pixels that a place is summed of, and the same made even, for those who sum two at a time. */
  readonly each: number;
  readonly wide: number;
}

/** Weights are whole parts of 2 to this, so that sums are exact and the same everywhere. */
export const bits = 14;

/** The pixels that each place covers, or, where it covers less than one, the two that it lies between. */
export function tapsOf(from: number, to: number): Taps {
  const scale = from / to;
  const most = Math.min(from, scale > 1 ? Math.ceil(scale) + 1 : 2);
  const first = new Int32Array(to);
  const parts = new Float64Array(to * most);
  let each = 1;
  for (let i = 0; i < to; i++) {
    const own = parts.subarray(i * most, (i + 1) * most);
    first[i] = scale > 1 ? covered(i * scale, (i + 1) * scale, own) : between((i + 0.5) * scale - 0.5, from, own);
    for (let t = each; t < most; t++) if ((own[t] as number) > 0) each = t + 1;
  }
  const wide = each + (each % 2);
  const weights = new Int16Array(to * wide);
  for (let i = 0; i < to; i++) {
    const own = parts.subarray(i * most, i * most + each);
    // A place near the end begins earlier, with weights of 0, so that all have as many.
    const start = Math.max(0, Math.min(first[i] as number, from - each));
    share(own, weights.subarray(i * wide + (first[i] as number) - start, (i + 1) * wide));
    first[i] = start;
  }
  return { first, weights, each, wide };
}

/** Whole weights that sum to exactly 1. */
function share(parts: Float64Array, into: Int16Array): void {
  let sum = 0;
  for (const part of parts) sum += part;
  let [done, given] = [0, 0];
  for (let t = 0; t < parts.length && t < into.length; t++) {
    done += parts[t] as number;
    const upTo = Math.round((done / sum) * (1 << bits));
    into[t] = upTo - given;
    given = upTo;
  }
}

/** The part of each pixel that lies between two places, and the first of these pixels. */
function covered(start: number, end: number, into: Float64Array): number {
  const first = Math.floor(start + 1e-9);
  const last = Math.max(first, Math.ceil(end - 1e-9) - 1);
  for (let pixel = first; pixel <= last; pixel++) into[pixel - first] = Math.min(end, pixel + 1) - Math.max(start, pixel);
  return first;
}

function between(place: number, length: number, into: Float64Array): number {
  const first = Math.max(0, Math.min(length - 1, Math.floor(place)));
  const part = Math.max(0, Math.min(1, place - first));
  const isTwo = first + 1 < length && part > 0;
  into[0] = isTwo ? 1 - part : 1;
  if (isTwo) into[1] = part;
  return first;
}
