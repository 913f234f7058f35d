/** The mean of what is not NaN; NaN when nothing is left. */
export function meanOfKnown(values: ArrayLike<number>): number {
  let sum = 0;
  let known = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    sum += value;
    known++;
  }
  return sum / known;
}

/** (classes): the mean over the rows of each class of what is not NaN; NaN for a class of which nothing is left. */
export function meansByClass(values: ArrayLike<number>, labels: ArrayLike<number>, classes: number): Float64Array {
  const sums = new Float64Array(classes);
  const known = new Float64Array(classes);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    const label = labels[i] as number;
    sums[label] = (sums[label] as number) + value;
    known[label] = (known[label] as number) + 1;
  }
  return sums.map((sum, c) => sum / (known[c] as number));
}
