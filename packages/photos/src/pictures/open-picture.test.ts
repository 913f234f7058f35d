import { readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { DataError } from "@semblant/core";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { openPicture } from "./open-picture.ts";
import { readPhoto } from "./read-photo.ts";

const chunk = (type: string, data: Uint8Array): Buffer => {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
};
const signature = Buffer.from("89504e470d0a1a0a", "hex");

/** The head of a PNG of 16-bit colour with transparency, in passes, of any size, and hardly any pixels. */
function hugePng(width: number, height: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([16, 6, 0, 0, 1], 8);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", deflateSync(Buffer.alloc(1000))), chunk("IEND", Buffer.alloc(0))]);
}

/** A small PNG with something put in after its head. */
async function pngWith(...extras: Buffer[]): Promise<Buffer> {
  const png = await sharp({ create: { width: 64, height: 64, channels: 3, background: "#808080" } })
    .png()
    .toBuffer();
  return Buffer.concat([png.subarray(0, 33), ...extras, png.subarray(33)]);
}

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="10900" height="10900"><filter id="f"><feTurbulence numOctaves="9"/></filter></svg>';

describe("a photo, before a decoder sees it", () => {
  it.each([
    ["SVG", svg],
    ["SVG", `<?xml version="1.0"?>\n${svg}`],
    ["PDF", "%PDF-1.4\n"],
    ["HTML", "<!DOCTYPE html><img>"],
    ["JPEG-LS", "\xff\xd8\xff\xf7\0\x0b\x08\0\x02\0\x03\x01"],
  ])("is refused by its first bytes where it is %s", async (name, text) => {
    await expect(readPhoto(Buffer.from(text, "latin1"))).rejects.toThrow(`photo: not a picture that is read: it is ${name}.`);
  });

  it("is refused by its size before its pixels are unpacked", async () => {
    await expect(readPhoto(hugePng(10_900, 10_900))).rejects.toThrow(
      "photo: 10900 × 10900 pixels of 8 bytes take 906 MiB, more than the 512 MiB that are allowed.",
    );
    await expect(readPhoto(hugePng(20_000, 10_000))).rejects.toThrow("photo: it has more pixels than are allowed.");
    const small = await openPicture(hugePng(64, 48));
    expect(small.head).toMatchObject({ width: 64, height: 48, depth: "ushort" });
  });

  it("is refused where its colour profile or its words unpack to more than 16 MiB, and read where they do not", async () => {
    const packed = (bytes: number) => deflateSync(Buffer.alloc(bytes));
    const profile = (bytes: number) => chunk("iCCP", Buffer.concat([Buffer.from("icc\0\0"), packed(bytes)]));
    const words = (bytes: number) => chunk("zTXt", Buffer.concat([Buffer.from("Comment\0\0"), packed(bytes)]));
    const why = "photo: its colour profile or words take more than 16 MiB.";
    await expect(readPhoto(await pngWith(profile(40 * 2 ** 20)))).rejects.toThrow(why);
    await expect(readPhoto(await pngWith(words(9 * 2 ** 20), words(9 * 2 ** 20)))).rejects.toThrow(why);
    expect((await readPhoto(await pngWith(words(9 * 2 ** 20)))).width).toBe(64);
  });

  it("is to blame itself where it has more parts than its decoder allows, not the memory, which may be there the next time", async () => {
    const box = (type: string, ...data: Uint8Array[]) => {
      const head = Buffer.alloc(8, type.padStart(8), "latin1");
      head.writeUInt32BE(data.reduce((sum, { length }) => sum + length, 8));
      return Buffer.concat([head, ...data]);
    };
    let deep: Uint8Array = Buffer.alloc(0);
    for (let i = 0; i < 200; i++) deep = box("meta", Buffer.alloc(4), deep);
    const file = Buffer.concat([box("ftyp", Buffer.from("avif\0\0\0\0avifmif1")), deep]);
    await expect(readPhoto(file)).rejects.toThrow("photo: it is made of more parts than any photo.");
  });

  it("is HEIC without what else its file says where that cannot be read, and fails in our words alone", async () => {
    const bytes = readFileSync(join(import.meta.dirname, "fixtures/quarters.heic"));
    const odd = Buffer.from(bytes);
    odd[8] = 0xff; // another first brand: sharp does not know the file, libheif does
    await expect(sharp(odd).metadata()).rejects.toThrow();
    expect(await readPhoto(odd)).toMatchObject({ format: "heic", width: 128, height: 64 });
    for (let i = 12; i < 900; i += 37) {
      const damaged = Buffer.from(bytes);
      damaged[i] = (damaged[i] as number) ^ 0xff;
      const end = await readPhoto(damaged).catch((error: unknown) => error);
      if (end instanceof Error) expect(end).toBeInstanceOf(DataError);
    }
  });
});
