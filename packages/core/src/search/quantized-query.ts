/** A query as 16-bit codes. */
export interface QuantizedQuery {
  readonly codes: Int16Array;
  readonly scale: number;
  /** The squared length of `scale × codes`. */
  readonly norm: number;
  /** How far that is from the query. */
  readonly error: number;
}

/** Largest sum that a product of codes may reach, and largest code. */
const mostSum = 2 ** 31 - 1;
const mostCode = 32767;

/**
 * A query's codes, as fine as products with rows of `width` codes in 32 bits allow.
 *
 * @param query finite numbers
 */
export function quantizedQuery(query: Float32Array, width: number): QuantizedQuery {
  const finest = Math.min(mostCode, Math.floor(mostSum / (127 * width)));
  const most = query.reduce((so, value) => Math.max(so, Math.abs(value)), 0);
  const scale = most / finest;
  const codes = new Int16Array(width);
  let norm = 0;
  let error = 0;
  for (let j = 0; j < query.length; j++) {
    const value = query[j] as number;
    const code = scale > 0 ? Math.round(value / scale) : 0;
    codes[j] = code;
    norm += (scale * code) ** 2;
    error += (value - scale * code) ** 2;
  }
  return { codes, scale, norm, error: Math.sqrt(error) };
}
