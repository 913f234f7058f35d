import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { type TiffPart, tiff } from "./fixtures/tiff.ts";
import { readPhoto } from "./read-photo.ts";

const red = [200, 0, 0] as const;
const green = [0, 200, 0] as const;
const blue = [0, 0, 200] as const;
const small: TiffPart = { width: 40, height: 30, color: red };
const full: TiffPart = { width: 400, height: 300, color: green };
const reduced = { 254: 1 };
/** What a camera's sensor saw: no colours that can be shown. */
const raw: TiffPart = { width: 800, height: 600, data: new Uint8Array(16), tags: { 262: 32803, 277: 1 } };

const jpegOf = (width: number, height: number, color: readonly [number, number, number]) =>
  sharp({ create: { width, height, channels: 3, background: { r: color[0], g: color[1], b: color[2] } } })
    .jpeg()
    .toBuffer();

/** Size, the channel that is brightest in the middle, and the remark. */
async function seen(file: Uint8Array): Promise<[number, number, string, string | undefined]> {
  const { width, height, data, remark } = await readPhoto(file);
  const at = 3 * (Math.floor(height / 2) * width + Math.floor(width / 2));
  const color = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
  return [width, height, ["red", "green", "blue"][color.indexOf(Math.max(...color))] as string, remark];
}

const forms = [
  { little: true, big: false },
  { little: false, big: false },
  { little: true, big: true },
  { little: false, big: true },
];

describe("of a file with several pictures", () => {
  it.each(forms)("the full one is read, wherever the preview stands (%o)", async (form) => {
    const wanted = [400, 300, "green", undefined];
    const preview = { ...small, tags: reduced };
    expect(await seen(tiff([full], form))).toEqual(wanted);
    expect(await seen(tiff([full, preview], form))).toEqual(wanted);
    expect(await seen(tiff([preview, full], form))).toEqual(wanted);
    expect(await seen(tiff([{ ...preview, inner: [full] }], form))).toEqual(wanted);
    expect(await seen(tiff([{ ...preview, inner: [{ ...small, tags: reduced, inner: [full] }, small] }], form))).toEqual(wanted);
  });

  it("a preview is told by its size where the file marks none", async () => {
    expect(await seen(tiff([small, full]))).toEqual([400, 300, "green", undefined]);
    expect(await seen(tiff([full, small]))).toEqual([400, 300, "green", undefined]);
  });

  it("the first of several pages is read, and that there are more is said", async () => {
    const page = { ...full, tags: { 254: 2 } };
    expect(await seen(tiff([{ ...page, width: 300, color: blue }, page, page]))).toEqual([
      300,
      300,
      "blue",
      "the first of its 3 pages was read",
    ]);
  });

  it("what says where another is transparent is no picture", async () => {
    expect(await seen(tiff([full, { ...full, color: red, tags: { 254: 4 } }]))).toEqual([400, 300, "green", undefined]);
  });

  it("the largest preview is read where the full one is a camera's raw data, and a remark says so", async () => {
    const jpeg = await jpegOf(320, 240, blue);
    const preview: TiffPart = { width: 320, height: 240, data: jpeg, tags: { ...reduced, 259: 7, 262: 6 } };
    const remark = "only a preview of 320 × 240 pixels was read: the full picture (800 × 600) is a camera's raw data";
    expect(await seen(tiff([{ ...small, tags: reduced, inner: [raw, preview] }]))).toEqual([320, 240, "blue", remark]);
    expect(await seen(tiff([{ ...preview, inner: [raw] }]))).toEqual([320, 240, "blue", remark]);
    const old: TiffPart = { ...preview, tags: { ...reduced, 259: 6 } };
    expect(await seen(tiff([{ ...small, tags: reduced, inner: [old, raw] }]))).toEqual([320, 240, "blue", remark]);
    const lossless = Buffer.from(jpeg);
    lossless[lossless.indexOf(Buffer.of(0xff, 0xc0)) + 1] = 0xc3;
    const unpacked: TiffPart = { width: 800, height: 600, data: lossless, tags: { 259: 7, 262: 6 } };
    expect((await seen(tiff([preview, unpacked])))[3]).toBe(
      "only a preview of 320 × 240 pixels was read: the full picture (800 × 600) is a lossless JPEG, which is not read",
    );
  });

  it("a preview alone is read as one, and raw data alone are not read", async () => {
    expect(await seen(tiff([{ ...full, tags: reduced }]))).toEqual([400, 300, "green", "only a preview of 400 × 300 pixels was found"]);
    await expect(readPhoto(tiff([raw]))).rejects.toThrow(
      "photo: not a picture that is read: it is a camera's raw data, without a preview.",
    );
  });

  it("is turned as its own directory says, or the one that points to it", async () => {
    const turned = { 274: 6 };
    const preview = { ...small, tags: { ...reduced, ...turned } };
    expect(
      await seen(
        tiff([
          { ...small, tags: reduced },
          { ...full, tags: turned },
        ]),
      ),
    ).toEqual([300, 400, "green", undefined]);
    expect(await seen(tiff([preview, full]))).toEqual([400, 300, "green", undefined]);
    for (const form of forms) expect(await seen(tiff([{ ...preview, inner: [full] }], form))).toEqual([300, 400, "green", undefined]);
    const jpeg: TiffPart = { width: 320, height: 240, data: await jpegOf(320, 240, blue), tags: { ...reduced, 259: 6 } };
    expect((await seen(tiff([{ ...preview, inner: [raw, jpeg] }]))).slice(0, 3)).toEqual([240, 320, "blue"]);
  });

  it("circles and directories that are not there end the search, and nothing else", async () => {
    const file = Buffer.from(tiff([full, { ...small, tags: reduced }]));
    const first = file.readUInt32LE(4);
    const next = first + 2 + 12 * file.readUInt16LE(first);
    for (const target of [first, 3, file.length + 12, 0xffffffff]) {
      file.writeUInt32LE(target, next);
      expect((await seen(file)).slice(0, 3)).toEqual([400, 300, "green"]);
    }
  });

  it("the first frame is read of those that move", async () => {
    const frames = Buffer.concat([red, green].map((color) => Buffer.from(Array.from({ length: 64 * 32 }, () => [...color]).flat())));
    const moving = () => sharp(frames, { raw: { width: 64, height: 64, channels: 3, pageHeight: 32 } });
    expect(await seen(await moving().gif().toBuffer())).toEqual([64, 32, "red", undefined]);
    expect(await seen(await moving().webp().toBuffer())).toEqual([64, 32, "red", undefined]);
    const two = Buffer.concat([await jpegOf(64, 32, red), await jpegOf(32, 16, green)]);
    expect(await seen(two)).toEqual([64, 32, "red", undefined]); // as MPO has them
  });
});
