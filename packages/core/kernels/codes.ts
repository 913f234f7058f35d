// Products of 8-bit codes with a query's 16-bit ones; packages/core/src/search/ says what they are of.

@unmanaged
class CodesTask {
  codes: usize;
  /** Bytes of a row, a multiple of 16. */
  width: usize;
  query: usize;
  /** Numbers of rows, or 0: then `count` rows one after the other, from `first` on. */
  rows: usize;
  first: usize;
  count: usize;
  out: usize;
}

/** One int32 a row. */
export function multiplyCodes(_block: i32, task: usize, _thread: i32): void {
  const t = changetype<CodesTask>(task);
  const width = t.width;
  const query = t.query;
  const rows = t.rows;
  const count = t.count;
  const out = t.out;
  let start = t.codes + t.first * width;
  for (let i: usize = 0; i < count; i++) {
    if (rows !== 0) start = t.codes + <usize>load<u32>(rows + (i << 2)) * width;
    store<i32>(out + (i << 2), product(start, query, width));
    start += width;
  }
}

// @ts-expect-error: decorator
function product(row: usize, query: usize, width: usize): i32 {
  let even = i32x4.splat(0);
  let odd = i32x4.splat(0);
  for (let at: usize = 0; at < width; at += 16) {
    const with8 = query + (at << 1);
    even = i32x4.add(even, i32x4.dot_i16x8_s(v128.load_ext<i8>(row + at), v128.load(with8)));
    odd = i32x4.add(odd, i32x4.dot_i16x8_s(v128.load_ext<i8>(row + at, 8), v128.load(with8, 16)));
  }
  const four = i32x4.add(even, odd);
  const two = i32x4.add(four, i8x16.shuffle(four, four, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  return i32x4.extract_lane(two, 0) + i32x4.extract_lane(two, 1);
}
