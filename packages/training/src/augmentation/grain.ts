import { Random } from "@semblant/core";
import { stack, type Tensor, tensor } from "@semblant/torch";

/**
 * For each seed its own normal numbers, by Box and Muller, two at a time: (seeds, count), float32.
 *
 * What is drawn is the same on every device. For the CPU the numbers are made here, to the bit as they always were. Elsewhere they are made
 * there in float64, which is the same to rounding: sixty faces' grain takes longer here than a GPU's whole training step.
 */
export function grain(seeds: readonly number[], count: number, deviation: number, device: string): Tensor {
  return device === "cpu" ? madeHere(seeds, count, deviation) : madeThere(seeds, count, deviation, device);
}

/** Uniform numbers in pairs, seed by seed, enough for `count` normal ones each. */
function* pairs(seeds: readonly number[], count: number, into: (row: number) => Float64Array): Generator<Float64Array> {
  for (const [row, seed] of seeds.entries()) yield new Random(seed).uniforms(into(row).subarray(0, count + (count % 2)));
}

export function madeHere(seeds: readonly number[], count: number, deviation: number): Tensor {
  const values = new Float32Array(seeds.length * count);
  const uniform = new Float64Array(count + (count % 2));
  let row = 0;
  for (const drawn of pairs(seeds, count, () => uniform)) {
    const first = row++ * count;
    for (let i = 0; i < count; i += 2) {
      const radius = deviation * Math.sqrt(-2 * Math.log(1 - (drawn[i] as number)));
      const angle = 2 * Math.PI * (drawn[i + 1] as number);
      values[first + i] = radius * Math.cos(angle);
      if (i + 1 < count) values[first + i + 1] = radius * Math.sin(angle);
    }
  }
  return tensor(values, { shape: [seeds.length, count] });
}

export function madeThere(seeds: readonly number[], count: number, deviation: number, device: string): Tensor {
  const even = count + (count % 2);
  const uniform = scratch(seeds.length * even);
  for (const _ of pairs(seeds, count, (row) => uniform.subarray(row * even)));
  const drawn = tensor(uniform, { shape: [seeds.length, even / 2, 2], device });
  const radius = drawn.select(2, 0).neg().add(1).log().mul(-2).sqrt().mul(deviation);
  const angle = drawn.select(2, 1).mul(2 * Math.PI);
  return stack([radius.mul(angle.cos()), radius.mul(angle.sin())], 2)
    .reshape([seeds.length, even])
    .slice(1, 0, count)
    .to("float32");
}

/** Memory to draw into, kept: what is made of it is a copy, and a new megabyte a batch costs as much as filling it. */
let drawnInto = new Float64Array(0);
function scratch(length: number): Float64Array {
  if (drawnInto.length < length) drawnInto = new Float64Array(length);
  return drawnInto.subarray(0, length);
}
