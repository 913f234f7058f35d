/**
 * The lower triangle L of A = L Lᵀ, (n, n) with zeros above; `undefined` where A is not positive definite: where what is left of
 * a diagonal entry, after the rows above, is within rounding of 0. Only A's lower triangle is read.
 *
 * @example
 * cholesky(Float64Array.of(4, 2, 2, 5), 2); // Float64Array [2, 0, 1, 2]
 */
export function cholesky(A: Float64Array, n: number): Float64Array | undefined {
  const L = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let left = A[i * n + j] as number;
      for (let d = 0; d < j; d++) left -= (L[i * n + d] as number) * (L[j * n + d] as number);
      if (i !== j) L[i * n + j] = left / (L[j * n + j] as number);
      else if (left > n * Number.EPSILON * (A[i * n + i] as number)) L[i * n + i] = Math.sqrt(left);
      else return undefined;
    }
  }
  return L;
}

/**
 * The inverse of a lower triangle, itself one, (n, n).
 *
 * @example
 * inverseOfLower(Float64Array.of(2, 0, 1, 2), 2); // Float64Array [0.5, 0, -0.25, 0.5]
 */
export function inverseOfLower(L: Float64Array, n: number): Float64Array {
  const W = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    W[j * n + j] = 1 / (L[j * n + j] as number);
    for (let i = j + 1; i < n; i++) {
      let sum = 0;
      for (let d = j; d < i; d++) sum -= (L[i * n + d] as number) * (W[d * n + j] as number);
      W[i * n + j] = sum / (L[i * n + i] as number);
    }
  }
  return W;
}
