/**
 * What a model's own validation faces say of its answers, and copies of them that were changed (blurred, turned, cut otherwise): what
 * {@link measureShift} holds other faces against. Made by {@link fitShiftReference}; it travels in a model's card.
 */
export interface ShiftReference {
  /** (columns): where validation faces lie on average, from the mean of the class that they are named, off the plane of the means. */
  readonly center: readonly number[];
  /** Their mean squared distance from there, above 0. */
  readonly spread: number;
  /** Below `from` (ln p, nats) each nat takes `slope` off the log-odds of a face's name. */
  readonly density: { readonly from: number; readonly slope: number };
  /** (classes): how often each class occurs among validation faces, summing to 1. */
  readonly shares: readonly number[];
  /** By rising distance, the first 0: `rates` is (classes, classes), P(named so | class) of faces so far away. */
  readonly confusions: readonly { readonly distance: number; readonly rates: readonly (readonly number[])[] }[];
}

/** Whether figures fit a model of so many columns and classes, and are finite numbers in their ranges. */
export function isShiftReference(value: unknown, { columns, classes }: { readonly columns: number; readonly classes: number }): boolean {
  const { center, spread, density, shares, confusions } = (value ?? {}) as Partial<ShiftReference>;
  const numbers = (list: unknown, length: number, from = -Infinity) =>
    Array.isArray(list) && list.length === length && list.every((x) => Number.isFinite(x) && x >= from);
  const level = (at: unknown) => {
    const { distance, rates } = (at ?? {}) as Partial<ShiftReference["confusions"][number]>;
    return Number.isFinite(distance) && Array.isArray(rates) && rates.length === classes && rates.every((row) => numbers(row, classes, 0));
  };
  return (
    numbers(center, columns) &&
    Number.isFinite(spread) &&
    (spread as number) > 0 &&
    Number.isFinite(density?.from) &&
    Number.isFinite(density?.slope) &&
    numbers(shares, classes, 0) &&
    Array.isArray(confusions) &&
    confusions.length > 0 &&
    confusions.every(level) &&
    confusions.every(({ distance }, k) => (k === 0 ? distance === 0 : distance > (confusions[k - 1]?.distance as number)))
  );
}
