import type { Embeddings } from "../embeddings/embeddings.ts";
import { nearestByKernel } from "../kernels/neighbors.ts";
import { nearestOthers } from "./vantage-point-tree.ts";

/** With fewer columns a tree passes by most rows, and is faster than a comparison of all. With fewer products, so is the tree. */
const [LEAST_COLUMNS, LEAST_PRODUCTS] = [12, 2_000_000];

/**
 * The k nearest other rows of every row, exact: rows and squared distances, both (rows, k), nearest first, the smaller row number of
 * equals first. A kernel finds them where there are many columns, else a tree: to the bit the same.
 */
export function nearestRows(X: Embeddings, k: number): { rows: Int32Array; squares: Float64Array } {
  const { values, columns } = X;
  if (columns >= LEAST_COLUMNS && X.rows * values.length >= LEAST_PRODUCTS) {
    const found = { rows: new Int32Array(X.rows * k).fill(-1), squares: new Float64Array(X.rows * k).fill(Infinity) };
    if (nearestByKernel({ queries: values, gallery: values, columns, k, ownRow: (row) => row }, found)) return found;
  }
  return nearestOthers(Float64Array.from(values), columns, k);
}
