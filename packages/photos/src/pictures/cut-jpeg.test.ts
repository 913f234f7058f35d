import { Random } from "@semblant/core";
import type { Sharp } from "sharp";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { readPhoto } from "./read-photo.ts";

/** 320 × 256 of random squares, so that each row of blocks takes about as many bytes. */
function busy(): Sharp {
  const random = new Random(5);
  const data = Uint8Array.from({ length: 40 * 32 * 3 }, () => random.integer(256));
  return sharp(data, { raw: { width: 40, height: 32, channels: 3 } }).resize(320, 256, { kernel: "cubic" });
}

const end = async (file: Uint8Array) =>
  readPhoto(file).then(
    ({ width, height, remark }) => [width, height, remark],
    (error: Error) => error.message,
  );

/** The share of a file's bytes that is there. */
const part = (file: Buffer, share: number) => file.subarray(0, Math.round(share * file.length));
const rowsMissing = (remark: unknown) =>
  Number(/^its file is cut short: the last (\d+) of 256 rows are missing$/.exec(String(remark))?.[1]);
const refused = "photo: it is cut short or damaged.";

describe("a JPEG that ends early", () => {
  const kinds: [string, (image: Sharp) => Sharp][] = [
    ["of colours", (image) => image.jpeg()],
    ["of colours as fine as its brightness", (image) => image.jpeg({ chromaSubsampling: "4:4:4" })],
    ["of grey", (image) => image.greyscale().jpeg()],
    ["of inks", (image) => image.toColourspace("cmyk").jpeg()],
    ["with a profile", (image) => image.withIccProfile("p3").jpeg()],
  ];

  it.each(kinds)("is read with a remark where at most a quarter of its rows is missing (%s)", async (_, made) => {
    const file = await made(busy()).toBuffer();
    expect(await end(file)).toEqual([320, 256, undefined]);
    const [width, height, remark] = await end(file.subarray(0, file.length - 2)); // a decoder may have all it needs by then
    expect([width, height]).toEqual([320, 256]);
    expect([undefined, "its file is cut short: its last bytes are missing"]).toContain(remark);
    for (const missing of [0.02, 0.1, 0.2]) {
      const [width, height, remark] = await end(part(file, 1 - missing));
      expect([width, height]).toEqual([320, 256]);
      expect(Math.abs(rowsMissing(remark) / 256 - missing)).toBeLessThan(0.1);
    }
    for (const left of [0.6, 0.5, 0.1]) expect(await end(part(file, left))).toBe(refused);
  });

  it("is not taken for one that ends in grey by itself", async () => {
    const file = await busy()
      .extend({ bottom: 128, background: { r: 128, g: 128, b: 128 } })
      .jpeg()
      .toBuffer();
    expect(await end(file)).toEqual([320, 384, undefined]);
  });

  it("is, where it is progressive, read once all frequencies of its brightness have come", async () => {
    const file = await busy().jpeg({ progressive: true }).toBuffer();
    const remark = "its file is cut short: its finest details may be missing";
    expect(await end(file)).toEqual([320, 256, undefined]);
    expect(await end(part(file, 0.98))).toEqual([320, 256, remark]);
    expect(await end(part(file, 0.1))).toBe(refused); // only its coarsest parts
    const outcomes = [];
    for (let share = 0.05; share < 1; share += 0.05) outcomes.push(JSON.stringify(await end(part(file, share))));
    expect([...new Set(outcomes)]).toEqual([JSON.stringify(refused), JSON.stringify([320, 256, remark])]);
  });

  it("is turned as its Exif says, and knows its day", async () => {
    const file = await busy()
      .withExif({ IFD2: { DateTimeOriginal: "2023:07:14 18:30:05" } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const photo = await readPhoto(part(file, 0.95));
    expect([photo.width, photo.height, photo.originalWidth]).toEqual([256, 320, 256]);
    expect(photo.remark).toMatch("rows are missing");
  });

  it("is refused as a kind that is not read where it is one, however much of it is there", async () => {
    const file = Buffer.from(await busy().jpeg().toBuffer());
    file[file.indexOf(Buffer.of(0xff, 0xc0)) + 4] = 12;
    for (const share of [1, 0.9, 0.5]) {
      expect(await end(part(file, share))).toBe("photo: not a picture that is read: it is a JPEG of 12 bits.");
    }
  });
});
