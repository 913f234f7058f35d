/** What the steps of expectation maximisation read and write, for one stretch of rows: addresses and counts, as the host lays them out. */
@unmanaged
class Mixture {
  rows: usize; // (count, columns) float32
  count: i32;
  columns: i32;
  padded: i32; // columns, made a multiple of four by zeros
  k: i32;
  full: i32; // 1: columns depend on each other; 0: they do not
  constants: usize; // (k) ln P(group) less the normalising constant; -Infinity for a group that never answers
  means: usize; // (k, padded)
  parts: usize; // full: (k, padded / 4, padded, 4), the rows of W in panels of four; else (k, padded), 1 / deviation
  guesses: usize; // (count) int32: the group that each row is first compared with, or -1; then the one it most belongs to
  shares: usize; // (k, stride): responsibilities
  stride: i32; // at least count made a multiple of 64
  densities: usize; // (count, 2): m and s, ln p(x) = m + ln s
  sizes: usize; // (k) sum of shares
  first: usize; // (k, padded) sum of shares times (x - mean)
  second: usize; // full: (k, padded, padded), tiles of the lower triangle; else (k, padded)
  scratch: usize; // scratchBytes per thread
  scratchBytes: i32;
}

export function mixtureAt(task: usize): Mixture {
  return changetype<Mixture>(task);
}
