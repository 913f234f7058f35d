import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError } from "@semblant/core";
import { afterAll, describe, expect, it } from "vitest";
import { tensor } from "./creation.ts";
import { type DType, dtypes } from "./dtype.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";

const folder = mkdtempSync(join(tmpdir(), "safetensors-"));
const path = join(folder, "x.safetensors");
afterAll(() => rmSync(folder, { recursive: true }));

/** A file with this header and as many bytes of data. */
function file(header: unknown, data = 0, size?: number): string {
  const text = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + data);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(size ?? text.length), true);
  bytes.set(text, 8);
  writeFileSync(path, bytes);
  return path;
}

/** A file of these bytes, in hexadecimal. */
function raw(bytes: string): string {
  writeFileSync(path, Buffer.from(bytes, "hex"));
  return path;
}

const entry = (begin: number, end: number, shape = [2], dtype: unknown = "F32") => ({ dtype, shape, data_offsets: [begin, end] });

describe("safetensors", () => {
  it("brings every type back, with shapes, bits and metadata", () => {
    const tensors = new Map(dtypes.map((dtype) => [dtype, tensor([[0, 1, 2]], { dtype })]));
    writeSafetensors(path, tensors, { format: "pt" });
    const read = readSafetensors(path);
    expect(read.metadata).toEqual({ format: "pt" });
    for (const dtype of dtypes) {
      const values = read.tensors.get(dtype);
      expect([values?.dtype, values?.shape]).toEqual([dtype, [1, 3]]);
      expect(values?.bytes()).toEqual(tensors.get(dtype as DType)?.bytes());
    }
  });

  it("writes the format's bytes: length, header padded to eight, data in order", () => {
    writeSafetensors(
      path,
      new Map([
        ["b", tensor([1, 2])],
        ["a", tensor([3], { dtype: "uint8" })],
      ]),
    );
    const bytes = readFileSync(path);
    const size = Number(bytes.readBigUInt64LE(0));
    expect(size % 8).toBe(0);
    expect(
      bytes
        .subarray(8, 8 + size)
        .toString()
        .trimEnd(),
    ).toBe('{"__metadata__":{},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"U8","shape":[1],"data_offsets":[8,9]}}');
    expect([...bytes.subarray(8 + size)]).toEqual([0, 0, 128, 63, 0, 0, 0, 64, 3]);
  });

  it("writes rows in order whatever the layout in memory", () => {
    writeSafetensors(
      path,
      new Map([
        [
          "x",
          tensor([
            [1, 2],
            [3, 4],
          ]).transpose(),
        ],
      ]),
    );
    expect(readSafetensors(path).tensors.get("x")?.data()).toEqual(Float32Array.of(1, 3, 2, 4));
  });

  it("reads scalars, empty tensors and an empty file of none", () => {
    writeSafetensors(
      path,
      new Map([
        ["s", tensor(7)],
        ["e", tensor([], { shape: [0, 3] })],
      ]),
    );
    const { tensors } = readSafetensors(path);
    expect([tensors.get("s")?.item(), tensors.get("e")?.shape]).toEqual([7, [0, 3]]);
    expect(readSafetensors(file({})).tensors.size).toBe(0);
  });

  it("leaves the old file whole, and no other, when it cannot write the new one", () => {
    writeSafetensors(path, new Map([["x", tensor([1])]]));
    const gone = tensor([2]);
    const half = new Map([["x", gone]]);
    const before = readdirSync(folder);
    Object.defineProperty(gone, "bytes", {
      value: () => {
        throw new Error("disk full");
      },
    });
    expect(() => writeSafetensors(path, half)).toThrow("disk full");
    expect(readdirSync(folder)).toEqual(before);
    expect(readSafetensors(path).tensors.get("x")?.item()).toBe(1);
  });

  it.each([
    ["is not there", () => join(folder, "none"), /^safetensors none: cannot be opened: ENOENT/],
    [
      "is shorter than a length",
      () => raw("31323334"),
      "safetensors x.safetensors: expected a header of at least 8 bytes, but the file has 4.",
    ],
    [
      "has a shape whose product overflows, with a 0 behind it",
      () => file({ a: { dtype: "F32", shape: [4294967296, 4294967296, 0], data_offsets: [0, 0] } }),
      'safetensors x.safetensors: "a" F32 (4294967296, 4294967296, 0) is larger than any file.',
    ],
    [
      "has a header longer than itself",
      () => file({}, 0, 1000),
      "safetensors x.safetensors: expected a header of 1000 bytes, but only 2 follow.",
    ],
    [
      "has a header of 2⁶³ bytes",
      () => raw("00000000000000807b7d"),
      "safetensors x.safetensors: expected a header of 9223372036854775808 bytes, but only 2 follow.",
    ],
    ["has a header that is not JSON", () => file("{oops}"), "safetensors x.safetensors: the header is not JSON."],
    ["has a header that is a list", () => file("[1]"), "safetensors x.safetensors: the header is not a JSON object."],
    [
      "has a type nobody knows",
      () => file({ w: entry(0, 8, [2], "F8") }, 8),
      'safetensors x.safetensors: "w" has type "F8"; known: F32, F64, BF16, F16, I64, I32, U8, BOOL.',
    ],
    [
      "has an entry that is null",
      () => file({ w: null }, 8),
      'safetensors x.safetensors: "w" has no type; known: F32, F64, BF16, F16, I64, I32, U8, BOOL.',
    ],
    ["has a negative size", () => file({ w: entry(0, 8, [-2]) }, 8), 'safetensors x.safetensors: "w" has no shape of whole numbers.'],
    [
      "has offsets that are no numbers",
      () => file({ w: { ...entry(0, 8), data_offsets: ["0", "8"] } }, 8),
      'safetensors x.safetensors: "w" has no pair of offsets.',
    ],
    [
      "has an offset beyond its end",
      () => file({ w: entry(0, 16, [4]) }, 8),
      'safetensors x.safetensors: "w" lies at bytes 0 to 16, but the data has 8.',
    ],
    [
      "has offsets backwards",
      () => file({ w: entry(8, 0) }, 8),
      'safetensors x.safetensors: "w" lies at bytes 8 to 0, but the data has 8.',
    ],
    [
      "has a shape that its bytes do not fill",
      () => file({ w: entry(0, 8, [3]) }, 8),
      'safetensors x.safetensors: "w" F32 (3) needs 12 bytes, but its offsets hold 8.',
    ],
    [
      "has a shape beyond counting",
      () => file({ w: entry(0, 8, [2 ** 40, 2 ** 40]) }, 8),
      'safetensors x.safetensors: "w" F32 (1099511627776, 1099511627776) needs 4.835703278458517e+24 bytes, but its offsets hold 8.',
    ],
    [
      "has tensors that overlap",
      () => file({ a: entry(0, 8), b: entry(4, 12) }, 12),
      'safetensors x.safetensors: expected "b" to begin at byte 8, but its offset is 4.',
    ],
    [
      "has a gap between tensors",
      () => file({ a: entry(0, 8), b: entry(12, 20) }, 20),
      'safetensors x.safetensors: expected "b" to begin at byte 8, but its offset is 12.',
    ],
    [
      "has bytes that no tensor owns",
      () => file({ a: entry(0, 8) }, 9),
      "safetensors x.safetensors: expected 8 bytes of data, but the file has 9.",
    ],
    [
      "has metadata that are no strings",
      () => file({ __metadata__: { epoch: 3 } }),
      "safetensors x.safetensors: expected __metadata__ to map names to strings.",
    ],
  ])("refuses a file that %s", (_, make, message) => {
    const read = (): unknown => readSafetensors(make());
    expect(read).toThrow(DataError);
    expect(read).toThrow(message);
  });
});
