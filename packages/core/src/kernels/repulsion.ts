import { kernels } from "./loaded.ts";
import { whereRoom } from "./memory.ts";

/** A quadtree over points in the plane, laid out cell by cell. */
export interface LaidTree {
  /** (points), by place: all points of a cell lie side by side. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** (points): the point at each place. */
  readonly order: Int32Array;
  readonly count: number;
  /** (count, 4): center of mass, the square of the distance beyond which the cell counts as one point, its points. */
  readonly cells: Float64Array;
  /** (count): the cell after this one and all within it. */
  readonly next: Int32Array;
  /** (count, 2): the places of a leaf's points; −1 in a cell that is divided. */
  readonly leaves: Int32Array;
}

/** Leaves of a block. */
const BLOCK = 16;

/** What packages/core/kernels/repulsion.ts lays out for a thread. */
const SCRATCH = 12_288;

/**
 * Writes how the points push each other apart into `push`, (points, 2), as `Quadtree` says; returns the sum of all weights. Equal to the
 * plain code to the bit, whatever the number of threads: each point is summed by one, in the order of its list, and Z in that of places.
 * Undefined where there are no kernels, or no room. `meanwhile`, which uses none, is run once by this thread while the others begin.
 *
 * Memory: about 90 bytes a point.
 */
export function repelByKernel(tree: LaidTree, push: Float64Array, meanwhile: () => void): number | undefined {
  const { x, y, order, count, cells, next, leaves } = tree;
  const loaded = kernels();
  if (loaded === undefined) return undefined;
  const { memory, threads } = loaded;
  memory.begin();
  const leafCells = new Int32Array(count);
  let leafCount = 0;
  for (let cell = 0; cell < count; cell++) if ((leaves[2 * cell] as number) >= 0) leafCells[leafCount++] = cell;
  const at = whereRoom(() => ({
    cells: memory.room(32 * count),
    next: memory.room(4 * count),
    leaves: memory.room(8 * count),
    leafCells: memory.room(4 * leafCount),
    x: memory.room(8 * x.length),
    y: memory.room(8 * y.length),
    sums: memory.room(32 * x.length),
    scratch: memory.room(SCRATCH * threads.most),
  }));
  if (at === undefined) return undefined;
  memory.doubles(at.cells, 4 * count).set(cells.subarray(0, 4 * count));
  memory.words(at.next, count).set(next.subarray(0, count));
  memory.words(at.leaves, 2 * count).set(leaves.subarray(0, 2 * count));
  memory.words(at.leafCells, leafCount).set(leafCells.subarray(0, leafCount));
  memory.doubles(at.x, x.length).set(x);
  memory.doubles(at.y, y.length).set(y);
  const task = memory.writeTask({
    cells: at.cells,
    next: at.next,
    leaves: at.leaves,
    cellCount: count,
    leafCells: at.leafCells,
    leafCount,
    blockLeaves: BLOCK,
    x: at.x,
    y: at.y,
    sums: at.sums,
    scratch: at.scratch,
    scratchBytes: SCRATCH,
  });
  // A map takes a thousand such steps: threads are worth their start although a step is short.
  threads.run({ kernel: "repelLeaves", task, blocks: Math.ceil(leafCount / BLOCK), milliseconds: order.length }, meanwhile);
  const sums = memory.doubles(at.sums, 4 * order.length);
  let Z = 0;
  for (let place = 0; place < order.length; place++) {
    const to = 2 * (order[place] as number);
    push[to] = sums[4 * place] as number;
    push[to + 1] = sums[4 * place + 1] as number;
    Z += (sums[4 * place + 2] as number) - 1;
  }
  return Z;
}
