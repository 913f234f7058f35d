import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { npy, unicode } from "../reading/fixtures/pictures.ts";
import { temporaryFolder } from "../reading/fixtures/small-layouts.ts";
import { readNpyScalar } from "./npy-scalar.ts";

const read = (bytes: Uint8Array): string => {
  const path = join(temporaryFolder(), "x.npy");
  writeFileSync(path, bytes);
  return readNpyScalar(path);
};

describe("one value in an NPY file", () => {
  it("is text or a number of any width, in either order of bytes", () => {
    expect(read(npy("<U2", unicode("10")))).toBe("10");
    expect(read(npy("|S2", Buffer.from("7\0")))).toBe("7");
    expect(read(npy("<i8", Uint8Array.of(6, 0, 0, 0, 0, 0, 0, 0), "(1,)"))).toBe("6");
    expect(read(npy(">i4", Uint8Array.of(0, 0, 0, 5)))).toBe("5");
    expect(read(npy("|u1", Uint8Array.of(3)))).toBe("3");
    expect(read(npy("<f4", new Uint8Array(Float32Array.of(2).buffer)))).toBe("2");
  });

  it("is refused where it is several, an object, cut short, or no NPY", () => {
    expect(() => read(npy("<i8", new Uint8Array(16), "(2,)"))).toThrow(
      "expected one number or text, but got an array of <i8 of shape (2,).",
    );
    expect(() => read(npy("|O", new Uint8Array(9)))).toThrow("expected one number or text, but got an array of |O of shape ().");
    expect(() => read(npy("<U1", new Uint8Array(2)))).toThrow("the file is cut short.");
    expect(() => read(Buffer.from("6\n"))).toThrow("expected an NPY file, but got something else.");
  });
});
