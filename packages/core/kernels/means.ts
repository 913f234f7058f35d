// What k-means' kernels are told: where rows, centers and what is known of them lie.

import { Centering } from "./centered";

/** Centers of one tile. */
export const TILE: i32 = 4;

@unmanaged
export class Means extends Centering {
  rows: usize; // (count, columns) float32
  count: i32;
  blockRows: i32; // a multiple of PANEL
  panels: usize; // (panels, paddedColumns, PANEL) float32, centred
  lengths: usize; // (panels, PANEL) float64: squared lengths of centred rows
  centers: usize; // (k, columns) float64, and room for three more
  packed: usize; // (tiles, paddedColumns, TILE) float32: centers, centred and negated
  halves: usize; // (tiles, TILE) float32: half their squared lengths, less what rounding may add
  k: i32;
  clusters: usize; // (count) int32
  squares: usize; // (count) float64
  above: usize; // (count) float64: no row is farther from its own center
  beyond: usize; // (count) float64: no row is nearer to another one
  counted: usize; // (count) int32: the cluster in whose sum a row is, or -1
  ways: usize; // (k) float64: how far each center moved
  blockSums: usize; // (blocks) or (blocks, k) float64
  centerSums: usize; // (blocks, k, columns) float64
  nearer: usize; // (k, count) float64
  scratch: usize; // scratchBytes per thread
  scratchBytes: i32;
  rounding: f64;
  rowSlack: f64; // of a center's squared length
  querySlack: f64; // of a row's squared length
  leastSlack: f64;
}
