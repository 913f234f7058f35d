/**
 * The eigenvalues of a symmetric matrix, greatest first, and in row i of `vectors` the unit eigenvector of the i-th.
 *
 * Householder reflections make it tridiagonal, QL steps with Wilkinson's shift make that diagonal (Golub and Van Loan 2013, 8.3).
 * Time grows with size³: 64 take milliseconds, 512 about a second.
 *
 * @param A (size, size), row by row; used up
 *
 * @example
 * symmetricEigen(Float64Array.of(2, 1, 1, 2), 2).values[0]; // 3.0000
 */
export function symmetricEigen(A: Float64Array, size: number): { values: Float64Array; vectors: Float64Array } {
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) vectors[i * size + i] = 1;
  const diagonal = new Float64Array(size);
  const beside = new Float64Array(size);
  tridiagonalize(A, size, diagonal, beside, vectors);
  diagonalize(diagonal, beside, vectors);

  const order = Array.from(diagonal.keys()).sort((i, j) => (diagonal[j] as number) - (diagonal[i] as number));
  const sorted = new Float64Array(size * size);
  order.forEach((i, rank) => {
    sorted.set(vectors.subarray(i * size, (i + 1) * size), rank * size);
  });
  return { values: Float64Array.from(order, (i) => diagonal[i] as number), vectors: sorted };
}

/** A = Qᵀ T Q: writes T's diagonal, beside it (size − 1 values, a 0 last) its off-diagonal, and Q into `vectors`. */
function tridiagonalize(A: Float64Array, size: number, diagonal: Float64Array, beside: Float64Array, vectors: Float64Array): void {
  const v = new Float64Array(size);
  const w = new Float64Array(size);
  for (let k = 0; k < size - 1; k++) {
    let square = 0;
    for (let i = k + 1; i < size; i++) {
      v[i] = A[i * size + k] as number;
      square += (v[i] as number) ** 2;
    }
    const head = v[k + 1] as number;
    const length = head > 0 ? -Math.sqrt(square) : Math.sqrt(square);
    diagonal[k] = A[k * size + k] as number;
    beside[k] = k === size - 2 ? head : length;
    if (k === size - 2 || square === head * head) {
      beside[k] = head; // in shape already
      continue;
    }
    v[k + 1] = head - length;
    const beta = 2 / (square - head * head + (head - length) ** 2);
    reflect(A, size, k + 1, v, w, beta);
    reflectRows(vectors, size, k + 1, v, w, beta);
  }
  diagonal[size - 1] = A[size * size - 1] as number;
}

/** A ← H A H on rows and columns from `first` on, H = I − βvvᵀ. */
function reflect(A: Float64Array, size: number, first: number, v: Float64Array, w: Float64Array, beta: number): void {
  let along = 0;
  for (let i = first; i < size; i++) {
    let sum = 0;
    for (let j = first; j < size; j++) sum += (A[i * size + j] as number) * (v[j] as number);
    w[i] = beta * sum;
    along += (w[i] as number) * (v[i] as number);
  }
  for (let i = first; i < size; i++) w[i] = (w[i] as number) - 0.5 * beta * along * (v[i] as number);
  for (let i = first; i < size; i++) {
    const vi = v[i] as number;
    const wi = w[i] as number;
    for (let j = first, at = i * size + first; j < size; j++, at++) {
      A[at] = (A[at] as number) - vi * (w[j] as number) - wi * (v[j] as number);
    }
  }
}

/** Q ← H Q. */
function reflectRows(Q: Float64Array, size: number, first: number, v: Float64Array, w: Float64Array, beta: number): void {
  w.fill(0);
  for (let i = first; i < size; i++) {
    const vi = v[i] as number;
    for (let j = 0, at = i * size; j < size; j++, at++) w[j] = (w[j] as number) + vi * (Q[at] as number);
  }
  for (let i = first; i < size; i++) {
    const vi = beta * (v[i] as number);
    for (let j = 0, at = i * size; j < size; j++, at++) Q[at] = (Q[at] as number) - vi * (w[j] as number);
  }
}

/** Makes the off-diagonal vanish by rotations, which turn the rows of `vectors` with it. */
function diagonalize(diagonal: Float64Array, beside: Float64Array, vectors: Float64Array): void {
  const size = diagonal.length;
  for (let first = 0; first < size; first++) {
    for (let last = unlinked(diagonal, beside, first); last > first; last = unlinked(diagonal, beside, first)) {
      sweep(diagonal, beside, vectors, first, last);
    }
  }
}

/** The first place from `first` on that nothing links to the next. */
function unlinked(diagonal: Float64Array, beside: Float64Array, first: number): number {
  let i = first;
  for (; i < diagonal.length - 1; i++) {
    const size = Math.abs(diagonal[i] as number) + Math.abs(diagonal[i + 1] as number);
    if (Math.abs(beside[i] as number) <= Number.EPSILON * size) break;
  }
  return i;
}

/** One implicit QL step on the block from `first` to `last`: shifted by the eigenvalue of its upper corner, chased upwards. */
function sweep(diagonal: Float64Array, beside: Float64Array, vectors: Float64Array, first: number, last: number): void {
  const size = diagonal.length;
  const half = ((diagonal[first + 1] as number) - (diagonal[first] as number)) / (2 * (beside[first] as number));
  const root = Math.sqrt(half * half + 1);
  const shift = (diagonal[first] as number) - (beside[first] as number) / (half + (half < 0 ? -root : root));
  let bulge = (diagonal[last] as number) - shift;
  let cosine = 1;
  let sine = 1;
  let carried = 0;
  for (let i = last - 1; i >= first; i--) {
    const above = sine * (beside[i] as number);
    const link = cosine * (beside[i] as number);
    const length = Math.sqrt(above * above + bulge * bulge);
    beside[i + 1] = length;
    if (length === 0) {
      diagonal[i + 1] = (diagonal[i + 1] as number) - carried;
      beside[last] = 0;
      return;
    }
    sine = above / length;
    cosine = bulge / length;
    const lower = (diagonal[i + 1] as number) - carried;
    const turned = ((diagonal[i] as number) - lower) * sine + 2 * cosine * link;
    carried = sine * turned;
    diagonal[i + 1] = lower + carried;
    bulge = cosine * turned - link;
    for (let a = i * size, b = a + size; a < (i + 1) * size; a++, b++) {
      const p = vectors[a] as number;
      const q = vectors[b] as number;
      vectors[b] = sine * p + cosine * q;
      vectors[a] = cosine * p - sine * q;
    }
  }
  diagonal[first] = (diagonal[first] as number) - carried;
  beside[first] = bulge;
  beside[last] = 0;
}
