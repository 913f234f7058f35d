import type { Initializer } from "../onnx/graph.ts";

/** How the weights of convolutions and linear layers are stored; biases and constants are always float32. */
export const weightTypes = ["float32", "float16", "int8"] as const;
export type WeightType = (typeof weightTypes)[number];

/** Whole numbers that each stand for so much: one scale for each of the first axis. */
export interface Scaled {
  readonly values: Int8Array | Int32Array;
  readonly scales: Float32Array;
}

/** Weights in eight bits: w ≈ scale of its output channel · value. */
export interface EightBits {
  readonly values: Int8Array;
  /** (output channels): float32. */
  readonly scales: Float32Array;
}

/**
 * Weights in eight bits, symmetric around 0, with a scale for each output channel that fits its greatest weight to 127, or to
 * less: no weight is off by more than half a scale.
 *
 * @param shape the output channels first
 * @param most the greatest of the eight bits, at most 127
 *
 * @example
 * const { values, scales } = inEightBits({ shape: [2, 2], values: Float32Array.of(1, -0.5, 0, 2) });
 * values; // Int8Array [127, -64, 0, 127]
 */
export function inEightBits({ shape, values }: Pick<Initializer, "shape" | "values">, most = 127): EightBits {
  const channels = shape[0] as number;
  const each = values.length / channels;
  const scales = new Float32Array(channels);
  const bits = new Int8Array(values.length);
  for (let c = 0; c < channels; c++) {
    const row = (values as Float32Array).subarray(c * each, (c + 1) * each);
    const scale = Math.fround(row.reduce((greatest, w) => Math.max(greatest, Math.abs(w)), 0) / most) || 1;
    scales[c] = scale;
    row.forEach((w, i) => {
      const whole = Math.sign(w) * Math.round(Math.abs(w) / scale); // halves away from 0 on either side
      bits[c * each + i] = Math.max(-most, Math.min(most, whole));
    });
  }
  return { values: bits, scales };
}

/**
 * The weights that eight bits stand for, or the biases that 32 do.
 *
 * @example
 * fromEightBits({ values: Int8Array.of(127, -64, 0, 127), scales: Float32Array.of(0.5, 2) }); // Float32Array [63.5, -32, 0, 254]
 */
export function fromEightBits({ values, scales }: Scaled): Float32Array {
  const each = values.length / scales.length;
  return Float32Array.from(values, (value, i) => value * (scales[Math.floor(i / each)] as number));
}

/**
 * Float16 of each value, as its 16 bits: the nearest, the even of two as near; beyond 65,504 it is infinite.
 *
 * @example
 * inSixteenBits(Float32Array.of(1, -2)); // Uint16Array [15360, 49152]
 */
export function inSixteenBits(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(bits, sixteenBits);
}

function sixteenBits(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 112;
  const fraction = bits & 0x7fffff;
  if (exponent >= 31) return sign | 0x7c00 | (exponent === 143 && fraction !== 0 ? 0x200 : 0);
  if (exponent <= 0) return sign | roundedShift(fraction | 0x800000, Math.min(32, 14 - exponent));
  return sign | (((exponent << 10) | (fraction >>> 13)) + roundsUp(fraction, 13));
}

/**
 * The values that 16 bits of float16 stand for.
 *
 * @example
 * fromSixteenBits(Uint16Array.of(15360, 49152)); // Float32Array [1, -2]
 */
export function fromSixteenBits(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, (value) => {
    const [exponent, fraction] = [(value >>> 10) & 31, value & 0x3ff];
    const sign = value & 0x8000 ? -1 : 1;
    if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
    return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
  });
}

function roundedShift(value: number, places: number): number {
  if (places > 25) return 0;
  return (value >>> places) + roundsUp(value, places);
}

/** Whether dropping the last bits leaves more than half, or half on an odd number. */
function roundsUp(value: number, places: number): number {
  const rest = value & ((1 << places) - 1);
  const half = 1 << (places - 1);
  return rest > half || (rest === half && ((value >>> places) & 1) === 1) ? 1 : 0;
}
