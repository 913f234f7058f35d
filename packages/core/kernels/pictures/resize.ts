// A picture in another size. packages/faces/src/align/resize-plainly.ts is the reference: every byte is the same.

/** A row of the result: addresses and counts, as packages/faces/src/align/resize-by-kernel.ts lays them out. Weights are parts of 2^14. */
@unmanaged
class Resize {
  source: usize; // the first of the picture's rows that are summed, three bytes a pixel; 16 bytes more may be read
  length: i32; // bytes of a row
  each: i32; // rows that are summed
  down: usize; // (each + 1) int16: their weights, the last one 0
  row: usize; // (length) int16, and 16 more: scratch
  width: i32; // pixels of the result
  first: usize; // (width) int32: where in `row` its first pixel begins
  pairs: i32; // pixels that are summed, in twos
  across: usize; // (width, pairs, 2) int16: their weights
  out: usize; // (width, 3), and a byte more
}

/** Sums rows, then the pixels of the sum. */
export function resizeRow(task: usize): void {
  const t = changetype<Resize>(task);
  sumRows(t);
  gatherRow(t);
}

/** The sum of rows, with six bits more than a pixel has. */
function sumRows(t: Resize): void {
  const half = i32x4.splat(128);
  const length = t.length;
  const each = t.each;
  let source = t.source;
  let row = t.row;
  for (let i = 0; i < length; i += 16, source += 16, row += 32) {
    let a = half;
    let b = half;
    let c = half;
    let d = half;
    let from = source;
    for (let k = 0; k < each; k += 2, from += <usize>(2 * length)) {
      const weights = v128.load32_splat(t.down + ((<usize>k) << 1));
      const upper = v128.load(from);
      const lower = k + 1 < each ? v128.load(from + <usize>length) : upper; // with a weight of 0
      const p = i16x8.extend_low_i8x16_u(upper);
      const q = i16x8.extend_low_i8x16_u(lower);
      const r = i16x8.extend_high_i8x16_u(upper);
      const s = i16x8.extend_high_i8x16_u(lower);
      a = i32x4.add(a, i32x4.dot_i16x8_s(v128.shuffle<i16>(p, q, 0, 8, 1, 9, 2, 10, 3, 11), weights));
      b = i32x4.add(b, i32x4.dot_i16x8_s(v128.shuffle<i16>(p, q, 4, 12, 5, 13, 6, 14, 7, 15), weights));
      c = i32x4.add(c, i32x4.dot_i16x8_s(v128.shuffle<i16>(r, s, 0, 8, 1, 9, 2, 10, 3, 11), weights));
      d = i32x4.add(d, i32x4.dot_i16x8_s(v128.shuffle<i16>(r, s, 4, 12, 5, 13, 6, 14, 7, 15), weights));
    }
    v128.store(row, i16x8.narrow_i32x4_s(i32x4.shr_s(a, 8), i32x4.shr_s(b, 8)));
    v128.store(row, i16x8.narrow_i32x4_s(i32x4.shr_s(c, 8), i32x4.shr_s(d, 8)), 16);
  }
}

/** Two pixels a step, all three colours at once. */
function gatherRow(t: Resize): void {
  const half = i32x4.splat(1 << 19);
  const pairs = t.pairs;
  let first = t.first;
  let weights = t.across;
  let out = t.out;
  for (let x = t.width; x > 0; x--, first += 4, out += 3) {
    let sum = half;
    let at = t.row + ((<usize>load<i32>(first)) << 1);
    for (let k = pairs; k > 0; k--, at += 12, weights += 4) {
      const two = v128.load(at);
      sum = i32x4.add(sum, i32x4.dot_i16x8_s(v128.shuffle<i16>(two, two, 0, 3, 1, 4, 2, 5, 6, 7), v128.load32_splat(weights)));
    }
    const colors = i16x8.narrow_i32x4_s(i32x4.shr_s(sum, 20), sum);
    store<i32>(out, i32x4.extract_lane(i8x16.narrow_i16x8_u(colors, colors), 0));
  }
}
