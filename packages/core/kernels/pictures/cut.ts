// Squares cut out of a picture. packages/faces/src/align/warp-plainly.ts is the reference: every byte is the same.

/** What is cut: addresses and counts, as packages/faces/src/align/warp-by-kernel.ts lays them out. */
@unmanaged
class Cut {
  source: usize; // (height, width, 3): a part of the picture; 16 bytes more may be read
  width: i32;
  height: i32;
  left: i32; // where in the picture its first pixel lies
  top: i32;
  size: i32; // pixels along a side of the result
  samples: i32; // along a side of each of them
  across: usize;
  down: usize;
  sums: usize;
  out: usize; // (size, size, 3), and a byte more
}

/**
 * An upright square that is made smaller. `down` has of each sample's row where that begins in `source`, `across` of each sample's column
 * how far into a row it lies: int32, -1 outside of the picture. `sums` is for a row and 16 numbers more, of 16 bits.
 */
export function cutUpright(task: usize): void {
  const t = changetype<Cut>(task);
  const size = t.size;
  const samples = t.samples;
  const sums = t.sums;
  const length = 3 * t.width;
  let out = t.out;
  const count = f32x4.splat(<f32>(samples * samples));
  const half = f32x4.splat(0.5);
  for (let row = 0; row < size; row++) {
    memory.fill(sums, 0, (<usize>length) << 1);
    for (let i = 0; i < samples; i++) {
      const at = load<i32>(t.down + ((<usize>(row * samples + i)) << 2));
      if (at >= 0) addRow(t.source + at, sums, length);
    }
    let column = t.across;
    for (let x = 0; x < size; x++, out += 3) {
      let sum = i16x8.splat(0);
      for (let j = 0; j < samples; j++, column += 4) {
        const at = load<i32>(column);
        if (at >= 0) sum = i16x8.add(sum, v128.load64_zero(sums + ((<usize>at) << 1)));
      }
      storeMean(sum, count, half, out);
    }
  }
}

function addRow(from: usize, sums: usize, length: i32): void {
  for (let i = 0; i < length; i += 16, from += 16, sums += 32) {
    const bytes = v128.load(from);
    v128.store(sums, i16x8.add(v128.load(sums), i16x8.extend_low_i8x16_u(bytes)));
    v128.store(sums, i16x8.add(v128.load(sums, 16), i16x8.extend_high_i8x16_u(bytes)), 16);
  }
}

/** Three sums of 16 bits by how many, rounded: three bytes, and one more that the next pixel writes over. */
function storeMean(sum: v128, count: v128, half: v128, out: usize): void {
  const mean = f32x4.floor(f32x4.add(f32x4.div(f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(sum)), count), half));
  storePixel(i32x4.trunc_sat_f32x4_s(mean), out);
}

function storePixel(colors: v128, out: usize): void {
  const narrow = i16x8.narrow_i32x4_s(colors, colors);
  store<i32>(out, i32x4.extract_lane(i8x16.narrow_i16x8_u(narrow, narrow), 0));
}

/**
 * A turned square that is made smaller. `source` has a black pixel around it, onto which all places outside of the picture fall. `across`
 * has of each sample's column its place in the picture, less what its row adds: x of all, then y of all, float64, `samples` a pixel and,
 * where they are odd, one more that lies outside. `down` has of each sample's row what it adds to both.
 */
export function cutTurned(task: usize): void {
  const t = changetype<Cut>(task);
  const source = t.source;
  const width = t.width;
  const height = t.height;
  const left = t.left;
  const top = t.top;
  const size = t.size;
  const samples = t.samples;
  const across = t.across;
  let out = t.out;
  const count = f32x4.splat(<f32>(samples * samples));
  const half = f32x4.splat(0.5);
  const leftmost = f64x2.splat(<f64>left);
  const rightmost = f64x2.splat(<f64>(left + width - 1));
  const highest = f64x2.splat(<f64>top);
  const lowest = f64x2.splat(<f64>(top + height - 1));
  const three = f64x2.splat(3);
  const below = f64x2.splat(<f64>(3 * width));
  // From 2^52 on, the last bits of a number are its whole part.
  const whole = f64x2.splat(6755399441055744 - 3 * (<f64>left + <f64>top * <f64>width));
  const bytes = (<usize>((samples + 1) & ~1)) << 3;
  const along = across + bytes * size;
  for (let row = 0; row < size; row++) {
    const added = t.down + ((<usize>(row * samples)) << 4);
    for (let x = 0, first: usize = 0; x < size; x++, out += 3, first += bytes) {
      let sum = i16x8.splat(0);
      for (let i: usize = 0; i < (<usize>samples) << 4; i += 16) {
        const dx = v128.load64_splat(added + i);
        const dy = v128.load64_splat(added + i, 8);
        for (let at = first; at < first + bytes; at += 16) {
          const px = f64x2.pmin(f64x2.pmax(f64x2.floor(f64x2.add(v128.load(across + at), dx)), leftmost), rightmost);
          const py = f64x2.pmin(f64x2.pmax(f64x2.floor(f64x2.add(v128.load(along + at), dy)), highest), lowest);
          const place = f64x2.add(f64x2.add(f64x2.mul(px, three), f64x2.mul(py, below)), whole);
          const one = v128.load32_zero(source + <usize>(<u32>i32x4.extract_lane(place, 0)));
          const two = v128.load32_lane(source + <usize>(<u32>i32x4.extract_lane(place, 2)), one, 1);
          sum = i16x8.add(sum, i16x8.extend_low_i8x16_u(two));
        }
      }
      storeMean(i16x8.add(sum, v128.shuffle<i64>(sum, sum, 1, 0)), count, half, out);
    }
  }
}

/**
 * A square that is made larger: each pixel lies between four of the picture's in proportion; what is outside counts nothing. `across` has
 * of each column its place in the picture, less what the row adds: x and y, float64; `down` of each row what it adds to both.
 */
export function cutBetween(task: usize): void {
  const t = changetype<Cut>(task);
  const width = t.width;
  const height = t.height;
  const left = t.left;
  const top = t.top;
  const size = t.size;
  let out = t.out;
  const half = f32x4.splat(0.5);
  const aside = f64x2.splat(0.5);
  const doubt = f32x4.splat(0.0005); // twice what float32 may be off
  const noDoubt = f32x4.splat(0.9995);
  const colors = i32x4(-1, -1, -1, 0);
  for (let row = 0; row < size; row++) {
    const added = v128.load(t.down + ((<usize>row) << 4));
    for (let x = 0; x < size; x++, out += 3) {
      const place = f64x2.sub(f64x2.add(v128.load(t.across + ((<usize>x) << 4)), added), aside);
      const whole = f64x2.floor(place);
      const corner = f64x2.add(whole, f64x2.splat(6755399441055744)); // as above, also below 0
      const px = i32x4.extract_lane(corner, 0) - left;
      const py = i32x4.extract_lane(corner, 2) - top;
      if (<u32>(px + 1) > <u32>width || <u32>(py + 1) > <u32>height) {
        store<u16>(out, 0);
        store<u8>(out, 0, 2);
        continue;
      }
      const part = f64x2.sub(place, whole);
      const fx = f64x2.extract_lane(part, 0);
      const fy = f64x2.extract_lane(part, 1);
      let a = (1 - fx) * (1 - fy);
      let b = fx * (1 - fy);
      let c = (1 - fx) * fy;
      let d = fx * fy;
      let upper = t.source + <usize>(3 * (py * width + px));
      let across: usize = 3;
      let below = <usize>(3 * width);
      if (px < 0 || py < 0 || px + 1 >= width || py + 1 >= height) {
        if (px < 0) a = c = 0;
        if (px + 1 >= width) b = d = 0;
        if (py < 0) a = b = 0;
        if (py + 1 >= height) c = d = 0;
        upper = t.source + <usize>(3 * (max(0, py) * width + max(0, px)));
        if (px < 0 || px + 1 >= width) across = 0;
        if (py < 0 || py + 1 >= height) below = 0;
      }
      const lower = upper + below;
      const first = f32x4.add(weighed(<f32>a, upper), weighed(<f32>b, upper + across));
      const sum = f32x4.add(f32x4.add(first, f32x4.add(weighed(<f32>c, lower), weighed(<f32>d, lower + across))), half);
      const whole32 = f32x4.floor(sum);
      const rest = f32x4.sub(sum, whole32);
      // Where float32 may round otherwise than the reference, float64 does, by the same products and sums.
      if (v128.any_true(v128.and(v128.or(f32x4.lt(rest, doubt), f32x4.gt(rest, noDoubt)), colors))) {
        for (let k: usize = 0; k < 3; k++) {
          const exact = a * value(upper + k) + b * value(upper + across + k) + c * value(lower + k) + d * value(lower + across + k);
          store<u8>(out + k, <u8>Math.floor(exact + 0.5));
        }
      } else storePixel(i32x4.trunc_sat_f32x4_s(whole32), out);
    }
  }
}

function weighed(weight: f32, at: usize): v128 {
  return f32x4.mul(f32x4.splat(weight), f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(at)))));
}

function value(at: usize): f64 {
  return <f64>load<u8>(at);
}
