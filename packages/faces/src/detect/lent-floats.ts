/** Lends an array for as long as a task takes. What is in it is anything. */
export type Lender = <T>(length: number, task: (floats: Float32Array) => Promise<T>) => Promise<T>;

/** One that keeps the longest array that it made, and lends it again. */
export function floatLender(): Lender {
  let kept: Float32Array | undefined;
  return async (length, task) => {
    const own = kept !== undefined && kept.length >= length ? kept : new Float32Array(length);
    if (own === kept) kept = undefined; // another task that begins meanwhile gets one of its own
    try {
      return await task(own.subarray(0, length));
    } finally {
      if (own.length > (kept?.length ?? 0)) kept = own;
    }
  };
}

/** Of what detectors are shown: of a photo about 15 MB, and a fresh array of that size each time would cost more than filling it. */
export const withFloats = floatLender();
