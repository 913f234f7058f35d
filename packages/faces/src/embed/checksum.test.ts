import { crc32 as nodeCrc32 } from "node:zlib";
import { Random } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { checksumOf, checksumOfText, crc32 } from "./checksum.ts";

describe("crc32", () => {
  it("is Node's, whatever the length and wherever the bytes begin", () => {
    const random = new Random(5);
    const bytes = Uint8Array.from({ length: 300 }, () => random.integer(256));
    for (let from = 0; from < 9; from++) {
      for (let length = 0; length < 40; length++) {
        const part = bytes.subarray(from, from + length);
        expect(crc32(part)).toBe(nodeCrc32(part));
      }
    }
    expect(crc32(bytes)).toBe(nodeCrc32(bytes));
  });

  it("is eight digits, those of nothing too", () => {
    expect(checksumOf(new Uint8Array(0))).toBe("00000000");
    expect(checksumOf(new TextEncoder().encode("123456789"))).toBe("cbf43926");
    expect(checksumOfText("äβ")).toBe(checksumOf(Uint8Array.of(0xe4, 0, 0xb2, 3)));
  });
});
