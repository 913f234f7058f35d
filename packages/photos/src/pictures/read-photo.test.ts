import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import type { Sharp } from "sharp";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readPhoto } from "./read-photo.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "semblant-photo-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** 64 × 32: red above left, green above right, blue below left, white below right. */
function quarters() {
  const data = Buffer.alloc(64 * 32 * 3);
  const colors = [
    [220, 20, 20],
    [20, 200, 20],
    [20, 20, 220],
    [250, 250, 250],
  ];
  for (let y = 0; y < 32; y++) {
    for (let x = 0; x < 64; x++) data.set(colors[(y < 16 ? 0 : 2) + (x < 32 ? 0 : 1)] as number[], 3 * (y * 64 + x));
  }
  return sharp(data, { raw: { width: 64, height: 32, channels: 3 } });
}

type Read = Awaited<ReturnType<typeof readPhoto>>;
const at = ({ width, data }: Read, x: number, y: number) => Array.from(data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3));
const near = (found: number[], wanted: number[]) => {
  for (const [c, value] of found.entries()) expect(Math.abs(value - (wanted[c] as number))).toBeLessThan(40);
};

describe("a photo", () => {
  it.each(["jpeg", "png", "webp", "tiff", "avif", "gif"] as const)("is read from %s, upright, in red, green and blue", async (format) => {
    const photo = await readPhoto(await quarters().toFormat(format).toBuffer());
    expect([photo.width, photo.height, photo.originalWidth, photo.originalHeight]).toEqual([64, 32, 64, 32]);
    expect(photo.data.length).toBe(64 * 32 * 3);
    near(at(photo, 8, 8), [220, 20, 20]);
    near(at(photo, 56, 24), [250, 250, 250]);
  });

  it("is read from HEIC, with the camera's clock; turned as the picture says, whatever EXIF repeats of it", async () => {
    // 128 × 64 by heif-enc; its EXIF says orientation 6, which HEIF has readers ignore (ISO 23008-12).
    const photo = await readPhoto(join(import.meta.dirname, "fixtures/quarters.heic"), { maxSide: 64 });
    expect(photo).toMatchObject({ format: "heic", width: 64, height: 32, originalWidth: 128, originalHeight: 64 });
    expect(new Date(photo.taken as number).toISOString()).toBe("2026-07-14T09:30:00.000Z");
    near(at(photo, 8, 8), [220, 20, 20]);
    near(at(photo, 56, 8), [20, 200, 20]);
    near(at(photo, 8, 24), [20, 20, 220]);
    near(at(photo, 56, 24), [250, 250, 250]);
  });

  it("is read from several HEIC files at once, and leaves the console as it was", async () => {
    const { log } = console;
    const path = join(import.meta.dirname, "fixtures/quarters.heic");
    const cut = readPhoto(readFileSync(path).subarray(0, 1400)).catch((error: Error) => error.message);
    const photos = await Promise.all([readPhoto(path), readPhoto(path), readPhoto(path)]);
    for (const photo of photos) near(at(photo, 16, 16), [220, 20, 20]);
    expect(await cut).toBe("photo: it is cut short or damaged.");
    expect(console.log).toBe(log);
  });

  it("is refused where a HEIC file is cut short or too large", async () => {
    const bytes = readFileSync(join(import.meta.dirname, "fixtures/quarters.heic"));
    const log = vi.spyOn(console, "log");
    await expect(readPhoto(bytes.subarray(0, 700))).rejects.toThrow("photo: it is cut short or damaged.");
    await expect(readPhoto(bytes.subarray(0, 1400))).rejects.toThrow("photo: it is cut short or damaged.");
    await expect(readPhoto(bytes, { maxPixels: 1000 })).rejects.toThrow("photo: 128 × 64 are more pixels than are allowed.");
    expect(log).not.toHaveBeenCalled();
    log.mockRestore();
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])("is turned as EXIF orientation %i says", async (orientation) => {
    // What a camera that was held so would have stored of the same upright picture.
    const stored: Record<number, (image: Sharp) => Sharp> = {
      1: (image) => image,
      2: (image) => image.flop(),
      3: (image) => image.rotate(180),
      4: (image) => image.flip(),
      5: (image) => image.rotate(90).flip(), // sharp mirrors first
      6: (image) => image.rotate(270),
      7: (image) => image.rotate(270).flip(),
      8: (image) => image.rotate(90),
    };
    const pixels = await (stored[orientation] as (image: Sharp) => Sharp)(quarters()).png().toBuffer();
    const turned = await sharp(await sharp(pixels).png().toBuffer())
      .withMetadata({ orientation })
      .jpeg({ quality: 95 })
      .toBuffer();
    const photo = await readPhoto(turned);
    expect([photo.width, photo.height, photo.originalWidth, photo.originalHeight]).toEqual([64, 32, 64, 32]);
    near(at(photo, 8, 8), [220, 20, 20]);
    near(at(photo, 56, 8), [20, 200, 20]);
    near(at(photo, 8, 24), [20, 20, 220]);
  });

  it("says when it was taken, and nothing of where", async () => {
    const exif = { IFD2: { DateTimeOriginal: "2023:07:14 18:30:05" }, IFD3: { GPSLatitude: "48/1 51/1 0/1", GPSLatitudeRef: "N" } };
    const photo = await readPhoto(await quarters().withExif(exif).jpeg().toBuffer());
    expect(photo.taken).toBe(Date.UTC(2023, 6, 14, 18, 30, 5));
    expect(Object.keys(photo).sort()).toEqual(["data", "format", "height", "originalHeight", "originalWidth", "taken", "width"]);
  });

  it("has eight bits and three channels, whatever its file has: 16 bits, grey, CMYK, transparency, frames", async () => {
    const deep = await readPhoto(await quarters().toColourspace("rgb16").png().toBuffer());
    near(at(deep, 8, 8), [220, 20, 20]);
    const grey = await readPhoto(await quarters().greyscale().png().toBuffer());
    expect(grey.data.length).toBe(64 * 32 * 3);
    const cmyk = await readPhoto(await quarters().toColourspace("cmyk").jpeg().toBuffer());
    expect(at(cmyk, 8, 8)[0]).toBeGreaterThan(at(cmyk, 8, 8)[2] as number);
    const clear = await readPhoto(
      await sharp({ create: { width: 8, height: 8, channels: 4, background: "#00000000" } })
        .png()
        .toBuffer(),
    );
    expect(at(clear, 4, 4)).toEqual([255, 255, 255]);
    const frames = Buffer.concat(await Promise.all([quarters().raw().toBuffer(), quarters().negate().raw().toBuffer()]));
    const moving = await sharp(frames, { raw: { width: 64, height: 64, channels: 3, pageHeight: 32 } })
      .gif({ delay: [100, 100] })
      .toBuffer();
    expect((await readPhoto(moving)).height).toBe(32);
  });

  it("is made smaller where it is larger than asked for, and says how large it was", async () => {
    const photo = await readPhoto(await quarters().resize(640, 320).png().toBuffer(), { maxSide: 100 });
    expect([photo.width, photo.height, photo.originalWidth]).toEqual([100, 50, 640]);
  });

  it("is told by its bytes, not its name", async () => {
    const path = join(folder, "png-called.jpg");
    writeFileSync(path, await quarters().png().toBuffer());
    expect((await readPhoto(path)).format).toBe("png");
  });
});

describe("what is no photo", () => {
  it("is refused with a reason in a few words", async () => {
    const jpeg = await quarters().resize(640, 320).jpeg().toBuffer();
    const bad: [Uint8Array | string, string][] = [
      [new Uint8Array(0), "photo: the file is empty."],
      [new TextEncoder().encode("this is a text, not a picture"), "photo: it is no picture that can be read."],
      [jpeg.subarray(0, jpeg.length / 2), "photo: it is cut short or damaged."],
      [join(folder, "nothing.jpg"), "photo: there is no such file."],
      [folder, "photo: it is a folder."],
    ];
    for (const [input, reason] of bad) await expect(readPhoto(input)).rejects.toThrow(reason);
  });

  it("is refused before it is unpacked where it has too many pixels", async () => {
    const huge = whitePng(40_000);
    const began = performance.now();
    await expect(readPhoto(huge)).rejects.toThrow("photo: it has more pixels than are allowed.");
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it("is an option that is none", async () => {
    await expect(readPhoto(new Uint8Array(4), { maxSide: 0 })).rejects.toThrow(
      "readPhoto: expected maxSide to be a number of 1 or more, but got 0.",
    );
  });
});

/** A square PNG of one bit a pixel, whose 200 MB of rows pack into very few. */
function whitePng(side: number): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  const rows = deflateSync(Buffer.alloc((side / 8 + 1) * side), { level: 1 });
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))]);
}
