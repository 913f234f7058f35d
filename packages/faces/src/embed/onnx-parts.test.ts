import { DataError } from "@semblant/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checksumOf, checksumOfText } from "./checksum.ts";
import { onnxParts } from "./onnx-parts.ts";

const utf8 = (text: string) => [...new TextEncoder().encode(text)];
/** A field with a length: key, length, bytes; all of them short. */
const field = (number: number, bytes: readonly number[]) => [number * 8 + 2, bytes.length, ...bytes];
const property = (key: string, value: string) => field(14, [...field(1, utf8(key)), ...field(2, utf8(value))]);
/** Version of the format, a network of three bytes, producer, an opset, a number of 64 bits, two properties. */
const parts = [
  [0x08, 0x08],
  field(7, [1, 2, 3]),
  field(2, utf8("semblant")),
  field(8, [0x10, 17]),
  [0x79, 0, 0, 0, 0, 0, 0, 0, 0],
  property("semblant", '{"name":"é €, 😀"}'),
  property("other", ""),
];
const file = Uint8Array.from(parts.flat());

describe("onnxParts", () => {
  it("finds the network's bytes and the metadata among everything else a file holds", () => {
    const { graph, metadata } = onnxParts(file);
    expect([...graph]).toEqual([1, 2, 3]);
    expect([...metadata]).toEqual([
      ["semblant", '{"name":"é €, 😀"}'],
      ["other", ""],
    ]);
  });

  it("reads any text as it was written", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 20 }), (text) => {
        const bytes = utf8(text);
        fc.pre(bytes.length < 100);
        const given = Uint8Array.from([...field(7, []), ...property("k", text)]);
        expect(onnxParts(given).metadata.get("k")).toBe(text);
      }),
    );
  });

  it("refuses what is cut short anywhere but between two fields after the network", () => {
    const between = new Set(parts.map((_, i) => parts.slice(0, i).flat().length).slice(2));
    for (let length = 0; length < file.length; length++) {
      const cut = () => onnxParts(file.subarray(0, length));
      if (between.has(length)) expect(cut).not.toThrow();
      else expect(cut).toThrow(DataError);
    }
  });

  it("answers or gives a DataError for any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          onnxParts(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
        }
      }),
    );
  });

  it("says what it expected", () => {
    expect(() => onnxParts(Uint8Array.of())).toThrow(
      "model: expected an ONNX file with a card of semblant, but got another file.\n  Make one of a run: semblant export RUN --out model.onnx",
    );
    expect(() => onnxParts(Uint8Array.of(0x3a, 9, 1))).toThrow("model: expected a whole ONNX file, but it is cut short or is none.");
  });
});

describe("checksumOf", () => {
  it("is the CRC-32 of zip and PNG", () => {
    expect(checksumOf(Uint8Array.of())).toBe("00000000");
    expect(checksumOf(Uint8Array.from(utf8("123456789")))).toBe("cbf43926"); // the check value of the catalogue of CRCs
    expect(checksumOf(Uint8Array.from(utf8("IEND")))).toBe("ae426082"); // as every PNG ends
  });

  it("tells texts apart that differ in one letter of any script", () => {
    expect(checksumOfText("")).toBe("00000000");
    expect(checksumOfText("sigma")).not.toBe(checksumOfText("sigmb"));
    expect(checksumOfText("σ")).not.toBe(checksumOfText("\u00c3")); // of the same low byte
  });
});
