/**
 * The value that would stand at place n if the first `length` values were sorted. Moves them about. Takes time in proportion to `length`.
 *
 * Hoare's selection with the median of three as pivot: equal values cost no more than others. Values are no NaN.
 *
 * @example
 * nthSmallest(Float64Array.of(5, 1, 4, 1), 4, 2); // 4
 */
export function nthSmallest(values: Float64Array, length: number, n: number): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const pivot = medianOf(values[low] as number, values[(low + high) >> 1] as number, values[high] as number);
    let i = low;
    let j = high;
    while (i <= j) {
      while ((values[i] as number) < pivot) i++;
      while ((values[j] as number) > pivot) j--;
      if (i > j) break;
      const value = values[i] as number;
      values[i++] = values[j] as number;
      values[j--] = value;
    }
    if (n <= j) high = j;
    else if (n >= i) low = i;
    else return pivot;
  }
  return values[n] as number;
}

function medianOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
