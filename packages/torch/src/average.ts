import { native } from "./binding.ts";
import type { Tensor } from "./tensor.ts";

const handlesOf = (tensors: readonly Tensor[]) => tensors.map(({ handle }) => handle);

/**
 * Each average goes a share of the way to its value: a ← a + share · (w − a). Whole numbers, which have no average, are copied.
 *
 * @param values as many as averages, of their shapes
 * @example
 * const average = tensor([1, 2]);
 * averageInPlace([average], [tensor([3, 2])], 0.25);
 * average.data(); // Float32Array [1.5, 2]
 */
export const averageInPlace = (averages: readonly Tensor[], values: readonly Tensor[], share: number): void =>
  native().average(handlesOf(averages), handlesOf(values), share);

/**
 * Each tensor takes the values of the other of its place.
 *
 * @example
 * const [a, b] = [tensor([1]), tensor([2])];
 * exchangeValues([a], [b]);
 * [a.item(), b.item()]; // [2, 1]
 */
export const exchangeValues = (some: readonly Tensor[], others: readonly Tensor[]): void =>
  native().exchange(handlesOf(some), handlesOf(others));
