import { execFileSync } from "node:child_process";
import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { Random } from "@semblant/core";
import type { Sharp } from "sharp";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { face, temporaryFolder, writeFace } from "../reading/fixtures/small-layouts.ts";
import { decodeImage } from "./decode-image.ts";
import { decodeGreyPng } from "./grey-png.ts";

const grey48 = { width: 48, height: 48, channels: 1 };

async function written(write: (image: Sharp) => Sharp, { width = 16, height = 16, channels = 3 as 3 | 4 } = {}): Promise<string> {
  const path = join(temporaryFolder(), "image");
  const pixels = Uint8Array.from({ length: width * height * channels }, (_, i) => (i * 7) % 256);
  await write(sharp(pixels, { raw: { width, height, channels } })).toFile(path);
  return path;
}

describe("decoding an image", () => {
  it("gives a grey image of the asked size bit for bit", async () => {
    const path = join(temporaryFolder(), "face.png");
    await writeFace(path, 3);
    expect(Buffer.from(await decodeImage(path, { ...grey48, exact: true })).equals(face(3))).toBe(true);
  });

  it("gives the same bytes of a plain grey PNG as the general decoder, whatever its filter", async () => {
    for (const adaptiveFiltering of [false, true]) {
      const noise = Uint8Array.from({ length: 40 * 30 }, (_, i) => (i * i * 31 + i) % 251);
      const file = await sharp(noise, { raw: { width: 40, height: 30, channels: 1 } })
        .toColourspace("b-w")
        .png({ adaptiveFiltering, palette: false })
        .toBuffer();
      expect((await sharp(file).toColourspace("b-w").raw().toBuffer()).equals(noise)).toBe(true);
      expect(Buffer.from(decodeGreyPng(file)?.pixels ?? []).equals(noise)).toBe(true);
    }
  });

  it("leaves every other PNG to the general decoder", async () => {
    const rgb = sharp(new Uint8Array(300), { raw: { width: 10, height: 10, channels: 3 } });
    expect(decodeGreyPng(await rgb.clone().png().toBuffer())).toBeUndefined();
    expect(decodeGreyPng(await rgb.clone().toColourspace("b-w").png({ progressive: true }).toBuffer())).toBeUndefined();
    const plain = await rgb.clone().toColourspace("b-w").png().toBuffer();
    expect(decodeGreyPng(plain)).toBeDefined();
    plain[45] = (plain[45] as number) ^ 1;
    expect(decodeGreyPng(plain)).toBeUndefined();
  });

  it("scales to fit, with black borders where the proportions differ", async () => {
    const path = await written((image) => image.linear(0, 200).png(), { width: 40, height: 20 });
    const pixels = await decodeImage(path, { width: 16, height: 16, channels: 1 });
    expect([pixels.length, pixels[0], pixels[8 * 16 + 8]]).toEqual([256, 0, 200]);
  });

  it("gives colour where colour is asked for, of grey files too", async () => {
    const path = join(temporaryFolder(), "face.png");
    await writeFace(path, 1);
    const pixels = await decodeImage(path, { ...grey48, channels: 3 });
    expect([pixels.length, pixels[3], pixels[4], pixels[5]]).toEqual([6912, face(1)[1], face(1)[1], face(1)[1]]);
  });

  it("shows transparency as black", async () => {
    const path = await written((image) => image.ensureAlpha().linear([1, 1, 1, 0], [0, 0, 0, 0]).png(), { channels: 4 });
    expect(Math.max(...(await decodeImage(path, { width: 16, height: 16, channels: 1 })))).toBe(0);
  });

  it("turns a photo as its EXIF orientation says", async () => {
    const folder = temporaryFolder();
    const half = Uint8Array.from({ length: 32 * 16 }, (_, i) => (i % 32 < 16 ? 255 : 0));
    const image = sharp(half, { raw: { width: 32, height: 16, channels: 1 } });
    await image.withMetadata({ orientation: 6 }).jpeg({ quality: 100 }).toFile(join(folder, "turned.jpg"));
    const pixels = await decodeImage(join(folder, "turned.jpg"), { width: 16, height: 32, channels: 1, exact: true });
    expect([(pixels[0] as number) > 200, (pixels[511] as number) < 50]).toEqual([true, true]);
  });

  it("says what is wrong with a file that is missing, empty, a folder, or no image", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "empty.png"), "");
    writeFileSync(join(folder, "text.png"), "hello");
    await expect(decodeImage(join(folder, "none.png"), grey48)).rejects.toThrow("no such file.");
    await expect(decodeImage(join(folder, "empty.png"), grey48)).rejects.toThrow("the file is empty.");
    await expect(decodeImage(folder, grey48)).rejects.toThrow("the file cannot be read.");
    await expect(decodeImage(join(folder, "text.png"), grey48)).rejects.toThrow(
      "expected an image (PNG, JPEG, WebP, TIFF, GIF, AVIF or BMP), but got something else.",
    );
  });

  it("refuses a PNG and a JPEG that are cut short", async () => {
    for (const write of [(image: Sharp) => image.png(), (image: Sharp) => image.jpeg()]) {
      const path = await written(write, { width: 64, height: 64 });
      truncateSync(path, Math.floor(readFileSync(path).length * 0.7));
      await expect(decodeImage(path, grey48)).rejects.toThrow("the image is damaged or cut short.");
    }
    const path = join(temporaryFolder(), "face.png");
    await writeFace(path, 3);
    truncateSync(path, readFileSync(path).length - 60);
    await expect(decodeImage(path, grey48)).rejects.toThrow("the image is damaged or cut short.");
  });

  it("reads a JPEG that ends early with a remark, where at most a quarter of its rows is missing", async () => {
    const random = new Random(5);
    const noise = Uint8Array.from({ length: 128 * 128 }, () => random.integer(256));
    const file = await sharp(noise, { raw: { width: 128, height: 128, channels: 1 } })
      .jpeg()
      .toBuffer();
    const path = join(temporaryFolder(), "cut.jpg");
    const remarks: string[] = [];
    const read = (share: number) => {
      writeFileSync(path, file.subarray(0, Math.round(share * file.length)));
      return decodeImage(path, { ...grey48, remark: (text) => void remarks.push(text) });
    };
    const whole = await read(1);
    expect(remarks).toEqual([]);
    const cut = await read(0.9);
    expect(remarks).toEqual([expect.stringMatching(/^its file is cut short: the last (16|32) of 128 rows are missing$/)]);
    expect(cut.subarray(0, 48 * 30)).toEqual(whole.subarray(0, 48 * 30));
    await expect(read(0.5)).rejects.toThrow("the image is damaged or cut short.");
  });

  it("reads such a JPEG whatever else is decoded in the same moment", async () => {
    const random = new Random(6);
    const noise = Uint8Array.from({ length: 128 * 128 }, () => random.integer(256));
    const file = await sharp(noise, { raw: { width: 128, height: 128, channels: 1 } })
      .jpeg()
      .toBuffer();
    const root = temporaryFolder();
    for (const [name, part] of Object.entries({ whole: 1, cut: 0.9, half: 0.5 }))
      writeFileSync(join(root, `${name}.jpg`), file.subarray(0, Math.round(part * file.length)));
    const read = (name: string) =>
      decodeImage(join(root, `${name}.jpg`), grey48).then(
        () => "read",
        (error: Error) => error.message,
      );
    for (let i = 0; i < 40; i++) {
      expect(await Promise.all(["cut", "half", "whole", "whole"].map(read))).toEqual([
        "read",
        "the image is damaged or cut short.",
        "read",
        "read",
      ]);
    }
  });

  it.skipIf(process.platform === "win32")(
    "refuses a pipe, which would be waited for without end, and a file of many gigabytes",
    async () => {
      const folder = temporaryFolder();
      execFileSync("mkfifo", [join(folder, "pipe.png")]);
      await expect(decodeImage(join(folder, "pipe.png"), grey48)).rejects.toThrow("it is a pipe or a device, not a file.");
      await expect(decodeImage("/dev/null", grey48)).rejects.toThrow("it is a pipe or a device, not a file.");
      writeFileSync(join(folder, "large.png"), "");
      truncateSync(join(folder, "large.png"), 2 ** 33); // takes no room on the disk
      await expect(decodeImage(join(folder, "large.png"), grey48)).rejects.toThrow("expected at most 512 MiB, but it has 8192.");
    },
  );

  it("refuses another size where it is to be exact, and one too small to hold a face", async () => {
    const path = await written((image) => image.png());
    await expect(decodeImage(path, { ...grey48, exact: true })).rejects.toThrow("expected 48 x 48 pixels, but got 16 x 16.");
    const tiny = await written((image) => image.png(), { width: 7, height: 20 });
    await expect(decodeImage(tiny, grey48)).rejects.toThrow("expected at least 8 pixels on a side, but got 7 x 20.");
  });

  it("refuses an image that claims more than 100 megapixels before decoding it", async () => {
    const path = join(temporaryFolder(), "bomb.png");
    const file = await sharp(new Uint8Array(64), { raw: { width: 8, height: 8, channels: 1 } })
      .png()
      .toBuffer();
    file.writeUInt32BE(20_000, 16);
    file.writeUInt32BE(6_000, 20);
    file.writeUInt32BE(crc32(file.subarray(12, 29)), 29);
    writeFileSync(path, file);
    await expect(decodeImage(path, grey48)).rejects.toThrow("expected at most 100 megapixels, but got 20000 x 6000.");
  });

  it("refuses by its first bytes what is no picture, or one that is not read, whatever its name", async () => {
    const folder = temporaryFolder();
    const beginnings = {
      SVG: '<?xml version="1.0"?><svg width="9000" height="9000"/>',
      PDF: "%PDF-1.4",
      HEIC: "\0\0\0\x14ftypheic\0\0\0\0mif1",
    };
    for (const [name, beginning] of Object.entries(beginnings)) {
      writeFileSync(join(folder, "face.jpg"), beginning);
      await expect(decodeImage(join(folder, "face.jpg"), grey48)).rejects.toThrow(
        `expected an image (PNG, JPEG, WebP, TIFF, GIF, AVIF or BMP), but got ${name}.`,
      );
    }
  });

  it("refuses an image whose pixels, colour profile or words take too much memory, before decoding them", async () => {
    const path = join(temporaryFolder(), "bomb.png");
    const file = await sharp(new Uint8Array(64), { raw: { width: 8, height: 8, channels: 1 } })
      .png()
      .toBuffer();
    const sum = (bytes: Uint8Array) => {
      const four = Buffer.alloc(4);
      four.writeUInt32BE(crc32(bytes));
      return four;
    };
    const words = Buffer.concat([Buffer.from("zTXtComment\0\0"), deflateSync(Buffer.alloc(17 * 2 ** 20))]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(words.length - 4);
    writeFileSync(path, Buffer.concat([file.subarray(0, 33), length, words, sum(words), file.subarray(33)]));
    await expect(decodeImage(path, grey48)).rejects.toThrow("its colour profile or words take more than 16 MiB.");

    file.writeUInt32BE(9_500, 16);
    file.writeUInt32BE(10_000, 20);
    file.set([16, 6, 0, 0, 1], 24); // 16 bits, colour with transparency, in passes
    file.set(sum(file.subarray(12, 29)), 29);
    writeFileSync(path, file);
    await expect(decodeImage(path, grey48)).rejects.toThrow(
      "9500 × 10000 pixels of 8 bytes take 725 MiB, more than the 512 MiB that are allowed.",
    );
  });
});
