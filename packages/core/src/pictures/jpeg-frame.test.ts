import { describe, expect, it } from "vitest";
import { jpegFrame, jpegNotRead } from "./jpeg-frame.ts";

/** A JPEG's first segments: a comment in which a frame seems to begin, fill bytes, and a frame of 640 × 480. */
const jpeg = (process: number, bits: number) =>
  Uint8Array.of(0xff, 0xd8, 0xff, 0xfe, 0, 6, 0xff, 0xc0, 0, 11, 0xff, 0xff, 0xff, process, 0, 11, bits, 1, 0xe0, 2, 0x80, 1, 1, 0x11, 0);

describe("the frame of a JPEG", () => {
  it("is found behind other segments", () => {
    expect(jpegFrame(jpeg(0xc2, 8))).toEqual({ width: 640, height: 480, bits: 8, process: 0xc2 });
  });

  it("is none in a file that is cut before it, or is no JPEG", () => {
    expect(jpegFrame(jpeg(0xc0, 8).subarray(0, 16))).toBeUndefined();
    expect(jpegFrame(new Uint8Array(40))).toBeUndefined();
    expect(jpegNotRead(jpeg(0xc0, 12).subarray(0, 12))).toBeUndefined();
  });

  it.each([
    [0xc0, 8, undefined],
    [0xc1, 8, undefined],
    [0xc2, 8, undefined],
    [0xc9, 8, undefined],
    [0xc1, 12, "a JPEG of 12 bits"],
    [0xc2, 12, "a JPEG of 12 bits"],
    [0xc3, 16, "a lossless JPEG"],
    [0xc5, 8, "a hierarchical JPEG"],
    [0xf7, 8, "JPEG-LS"],
  ] as const)("of process %i and %i bits is not read as %s", (process, bits, kind) => {
    expect(jpegNotRead(jpeg(process, bits))).toBe(kind);
  });
});
