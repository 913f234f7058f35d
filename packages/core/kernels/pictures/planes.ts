// Pixels as a network takes them. packages/faces/src/align/planes.ts is the reference.

/** Addresses and counts. */
@unmanaged
class Planes {
  source: usize; // (pixels, 3) bytes; 16 more may be read
  pixels: i32;
  times: f32;
  plus: f32;
  by: f32;
  out: usize; // (3, pixels) float32
}

/** Three planes of numbers: (color * times + plus) / by. The first two are whole numbers, so that only the division rounds. */
export function planesOf(task: usize): void {
  const t = changetype<Planes>(task);
  const times = f32x4.splat(t.times);
  const plus = f32x4.splat(t.plus);
  const by = f32x4.splat(t.by);
  const zero = i8x16.splat(0);
  const plane = (<usize>t.pixels) << 2;
  let source = t.source;
  let out = t.out;
  let left = t.pixels;
  for (; left >= 4; left -= 4, source += 12, out += 16) {
    const pixels = v128.load(source);
    const red = v128.shuffle<u8>(pixels, zero, 0, 16, 16, 16, 3, 16, 16, 16, 6, 16, 16, 16, 9, 16, 16, 16);
    const green = v128.shuffle<u8>(pixels, zero, 1, 16, 16, 16, 4, 16, 16, 16, 7, 16, 16, 16, 10, 16, 16, 16);
    const blue = v128.shuffle<u8>(pixels, zero, 2, 16, 16, 16, 5, 16, 16, 16, 8, 16, 16, 16, 11, 16, 16, 16);
    v128.store(out, f32x4.div(f32x4.add(f32x4.mul(f32x4.convert_i32x4_u(red), times), plus), by));
    v128.store(out + plane, f32x4.div(f32x4.add(f32x4.mul(f32x4.convert_i32x4_u(green), times), plus), by));
    v128.store(out + 2 * plane, f32x4.div(f32x4.add(f32x4.mul(f32x4.convert_i32x4_u(blue), times), plus), by));
  }
  for (; left > 0; left--, source += 3, out += 4) {
    store<f32>(out, (<f32>load<u8>(source) * t.times + t.plus) / t.by);
    store<f32>(out + plane, (<f32>load<u8>(source, 1) * t.times + t.plus) / t.by);
    store<f32>(out + 2 * plane, (<f32>load<u8>(source, 2) * t.times + t.plus) / t.by);
  }
}
