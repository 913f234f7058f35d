import type { Embeddings } from "../embeddings/embeddings.ts";
import { passesByKernel, type RowPasses } from "../kernels/k-means.ts";
import { plainPasses } from "./plain-passes.ts";

/** Fewer products in a pass take less time than it takes to tell a kernel of them. */
const LEAST = 500_000;

/** The passes over these rows: by the kernels where it pays. */
export function passesOver({ values, columns }: Embeddings, k: number): RowPasses {
  return (values.length * k >= LEAST && passesByKernel(values, columns, k)) || plainPasses(values, columns);
}
