import { squaredDistance } from "../embeddings/distances.ts";
import type { RowPasses } from "../kernels/k-means.ts";
import { assignToNearest } from "./lloyd.ts";

/** The passes of k-means over all rows, row by row. The kernel is held to them; they answer where there is little to do, or no kernel. */
export function plainPasses(values: ArrayLike<number>, columns: number): RowPasses {
  const points = Float64Array.from(values);
  return {
    assign: (centers, { clusters, squares, beyond }) => assignToNearest(points, centers, columns, clusters, squares, beyond),
    measure(centers, { clusters, squares }) {
      let sum = 0;
      for (let i = 0; i < squares.length; i++) sum += squares[i] = squaredDistance(points, i, centers, clusters[i] as number, columns);
      return sum;
    },
    addUp(clusters, sums) {
      for (let i = 0; i < clusters.length; i++) {
        const at = (clusters[i] as number) * columns;
        for (let d = 0; d < columns; d++) sums[at + d] = (sums[at + d] as number) + (points[i * columns + d] as number);
      }
    },
    nearer: (squares, candidates) =>
      candidates.map((row) => {
        const nearer = new Float64Array(squares.length);
        let sum = 0;
        for (let i = 0; i < nearer.length; i++) {
          const before = squares[i] as number;
          sum += nearer[i] = Math.min(squaredDistance(points, i, points, row, columns, before), before);
        }
        return { squares: nearer, sum };
      }),
  };
}
