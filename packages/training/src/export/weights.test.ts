import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromEightBits, fromSixteenBits, inEightBits, inSixteenBits } from "./weights.ts";

const weightsOf = (values: Float32Array, channels: number) => ({
  name: "w",
  shape: [channels, values.length / channels],
  values,
  weights: true,
});

describe("weights in eight bits", () => {
  it("are off by no more than half a scale of their own output channel", () => {
    fc.assert(
      fc.property(fc.float32Array({ minLength: 12, maxLength: 12, noNaN: true, min: -50, max: 50 }), (values) => {
        const { values: bits, scales } = inEightBits(weightsOf(values, 3));
        values.forEach((w, i) => {
          const scale = scales[Math.floor(i / 4)] as number;
          expect(Math.abs((bits[i] as number) * scale - w)).toBeLessThanOrEqual(0.5001 * scale);
        });
      }),
    );
  });

  it("come back as a whole number of scales of their output channel", () => {
    const stored = inEightBits(weightsOf(Float32Array.of(1, -0.5, 0, 2), 2));
    expect(fromEightBits(stored)).toEqual(Float32Array.of(1, -64 * Math.fround(1 / 127), 0, 2));
  });

  it("are 0 in a channel of zeros", () => {
    expect(inEightBits(weightsOf(new Float32Array(4), 2)).values).toEqual(new Int8Array(4));
  });
});

/** IEEE 754: a sign, five bits of exponent, ten of fraction. */
function numberOf(bits: number): number {
  const [sign, exponent, fraction] = [bits & 0x8000 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

describe("weights in sixteen bits", () => {
  it("come back as they were where float16 has them", () => {
    for (let bits = 0; bits < 0x7c00; bits += 7) {
      expect(inSixteenBits(Float32Array.of(numberOf(bits)))[0]).toBe(bits);
      expect(fromSixteenBits(Uint16Array.of(bits, bits | 0x8000))).toEqual(Float32Array.of(numberOf(bits), -numberOf(bits)));
    }
    expect(fromSixteenBits(Uint16Array.of(0x7c00, 0xfc00, 0x7e00))).toEqual(Float32Array.of(Infinity, -Infinity, Number.NaN));
    expect(inSixteenBits(Float32Array.of(-0, Infinity, -Infinity, 65504, 1e6))).toEqual(
      Uint16Array.of(0x8000, 0x7c00, 0xfc00, 0x7bff, 0x7c00),
    );
    expect(numberOf(inSixteenBits(Float32Array.of(Number.NaN))[0] as number)).toBeNaN();
  });

  it("are the nearest that float16 has, the even of two as near", () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, min: -65000, max: 65000 }), (value) => {
        const bits = inSixteenBits(Float32Array.of(value))[0] as number;
        const off = Math.abs(numberOf(bits) - value);
        for (const other of [bits - 1, bits + 1]) {
          const beside = Math.abs(numberOf(other & 0xffff) - value);
          if (Number.isFinite(beside) && (other ^ bits) < 0x4000) expect(off).toBeLessThanOrEqual(beside);
        }
      }),
    );
    expect(numberOf(inSixteenBits(Float32Array.of(1 + 2 ** -11))[0] as number)).toBe(1);
    expect(numberOf(inSixteenBits(Float32Array.of(1 + 3 * 2 ** -11))[0] as number)).toBe(1 + 2 ** -9);
  });
});
