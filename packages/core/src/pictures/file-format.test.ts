import { describe, expect, it } from "vitest";
import { fileFormat } from "./file-format.ts";
import { tooMuchToHold } from "./picture-memory.ts";
import { packedExtras } from "./png-chunks.ts";

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const heif = (...brands: string[]) =>
  bytes(`\0\0\0${String.fromCharCode(16 + 4 * (brands.length - 1))}ftyp${brands[0]}\0\0\0\0${brands.slice(1).join("")}`);

describe("a file's first bytes", () => {
  it.each([
    ["jpeg", bytes("\xff\xd8\xff\xe1")],
    ["png", bytes("\x89PNG\r\n\x1a\n")],
    ["gif", bytes("GIF89a")],
    ["bmp", bytes("BM6\x03\0\0")],
    ["webp", bytes("RIFF\x10\0\0\0WEBPVP8 ")],
    ["tiff", bytes("II*\0")],
    ["tiff", bytes("MM\0*")],
    ["tiff", bytes("II+\0")],
    ["avif", heif("avif", "mif1")],
    ["avif", heif("mif1", "avif", "miaf")],
    ["heic", heif("heic", "mif1")],
    ["heic", heif("mif1", "heic")],
  ] as const)("say that it is %s", (picture, head) => {
    expect(fileFormat(head)).toEqual({ picture });
  });

  it.each([
    ["SVG", bytes('<svg xmlns="http://www.w3.org/2000/svg">')],
    ["SVG", bytes('\xef\xbb\xbf<?xml version="1.0"?>\n<!-- drawn -->\n<svg>')],
    ["SVG", bytes("\xff\xfe<\0s\0v\0g\0 \0")],
    ["SVG", bytes("<svg/>")],
    ["PDF", bytes("%PDF-1.7")],
    ["a HEIF picture of another kind (avci)", heif("avci", "mif1")],
    ["a camera's raw file (CR3)", heif("crx ", "isom")],
    ["HTML", bytes("\n<!doctype HTML><p>")],
    ["a video (MP4)", heif("isom", "mp42")],
    ["JPEG XL", bytes("\0\0\0\x0cJXL \r\n\x87\n")],
    [undefined, bytes("this is a text")],
    [undefined, new Uint8Array(0)],
    [undefined, new Uint8Array(40)],
  ] as [string | undefined, Uint8Array][])("say that it is none that is read, but %s", (other, head) => {
    expect(fileFormat(head)).toEqual({ other });
  });

  it("are looked at where they stand in a larger array", () => {
    const held = new Uint8Array(64);
    held.set(heif("heic", "mif1"), 13);
    expect(fileFormat(held.subarray(13))).toEqual({ picture: "heic" });
  });
});

describe("the pixels of a picture", () => {
  it("may take 512 MiB when they are unpacked", () => {
    const size = { width: 8192, height: 8192 };
    expect(tooMuchToHold({ ...size, channels: 4, depth: "ushort" })).toBeUndefined(); // 8 bytes a pixel: 512 MiB to the byte
    expect(tooMuchToHold({ width: 8193, height: 8192, channels: 4, depth: "ushort" })).toBe(
      "8193 × 8192 pixels of 8 bytes take 512 MiB, more than the 512 MiB that are allowed",
    );
    expect(tooMuchToHold({ width: 12_000, height: 10_000, channels: 3 })).toBeUndefined();
    expect(tooMuchToHold({ width: 12_000, height: 10_000, depth: "float" })).toMatch("pixels of 12 bytes take 1373 MiB");
  });

  it("of a progressive JPEG are held as numbers of two bytes, colours as often as they stand in it", () => {
    const jpeg = { width: 12_000, height: 10_000, channels: 3, format: "jpeg", isProgressive: true };
    expect(tooMuchToHold({ ...jpeg, chromaSubsampling: "4:2:0" })).toBeUndefined();
    expect(tooMuchToHold({ ...jpeg, chromaSubsampling: "4:4:4" })).toMatch("pixels of 6 bytes take 687 MiB");
  });
});

describe("packed words and profiles of a PNG", () => {
  const chunk = (type: string, data: Uint8Array) =>
    Uint8Array.of(0, 0, data.length >> 8, data.length & 255, ...bytes(type), ...data, 0, 0, 0, 0);
  const png = (...chunks: Uint8Array[]) => Uint8Array.from([...bytes("\x89PNG\r\n\x1a\n"), ...chunks.flatMap((one) => [...one])]);
  const large = new Uint8Array(20_000).fill(7);

  it("are found where they could unpack to more than 16 MiB, without what stands before them", () => {
    const iccp = chunk("iCCP", Uint8Array.of(...bytes("name\0\0"), ...large));
    const ztxt = chunk("zTXt", Uint8Array.of(...bytes("Comment\0\0"), 1, 2, 3));
    const itxt = chunk("iTXt", Uint8Array.of(...bytes("Comment\0\x01\0en\0Words\0"), 4, 5));
    expect(packedExtras(png(chunk("IHDR", new Uint8Array(13)), iccp, ztxt, itxt)).map((one) => [one.length, one.at(-1)])).toEqual([
      [20_000, 7],
      [3, 3],
      [2, 5],
    ]);
  });

  it("are none where they are few, plain, or the file is no PNG", () => {
    expect(packedExtras(png(chunk("iCCP", bytes("name\0\0few"))))).toEqual([]);
    expect(packedExtras(png(chunk("iTXt", Uint8Array.of(...bytes("Comment\0\0\0\0\0"), ...large))))).toEqual([]);
    expect(packedExtras(large)).toEqual([]);
  });
});
