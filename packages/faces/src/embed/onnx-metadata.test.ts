import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withMetadata } from "./onnx-metadata.ts";
import { onnxParts } from "./onnx-parts.ts";

/** Version of the format, a network of three bytes, and two short properties. */
const file = Uint8Array.of(8, 8, 0x3a, 3, 1, 2, 3, 0x72, 6, 10, 1, 97, 18, 1, 120, 0x72, 6, 10, 1, 98, 18, 1, 121);

describe("withMetadata", () => {
  it("replaces what is named and keeps the rest as it was", () => {
    const changed = withMetadata(file, { a: "é €, 😀", c: "" });
    const { graph, metadata } = onnxParts(changed);
    expect([...graph]).toEqual([1, 2, 3]);
    expect([...metadata].sort()).toEqual([
      ["a", "é €, 😀"],
      ["b", "y"],
      ["c", ""],
    ]);
    expect([...changed.subarray(0, 7)]).toEqual([...file.subarray(0, 7)]);
  });

  it("writes any text so that it is read again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => {
        expect(onnxParts(withMetadata(file, { a: text })).metadata.get("a")).toBe(text);
      }),
    );
  });
});
