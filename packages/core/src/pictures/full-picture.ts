import { jpegNotRead } from "./jpeg-frame.ts";
import { TiffFile, type TiffPicture, tiffPictures } from "./tiff-directories.ts";

/** The picture that stands for a file with several. */
export interface FullPicture {
  /** A file whose first picture it is: a decoder that reads the first reads this one. */
  readonly bytes: Uint8Array;
  /** What a person should know of the choice, without a full stop. */
  readonly remark?: string;
  /** What the file is, where none of its pictures can be read. */
  readonly notRead?: string;
}

/** PhotometricInterpretation of what people look at: grey, colours, a palette, inks, YCbCr, CIE L*a*b*. */
const shown = new Set([0, 1, 2, 3, 5, 6, 8, 9]);
/** Packings that libtiff of sharp takes apart: none, CCITT, LZW, JPEG, deflate, PackBits, Zstandard, WebP. */
const packings = new Set([1, 2, 3, 4, 5, 7, 8, 32773, 32946, 50000, 50001]);
/** A picture of so few pixels on a side, or of the same shape, is a preview where another has four times its pixels. */
const previewSide = 512;

/**
 * Of a TIFF with several pictures (or a DNG, which is one) the full one, as a file of its own; other files as they are.
 *
 * It is the first page that is no smaller copy: not marked as one, and not much smaller than another of the same shape. Where the full
 * picture is what a camera's sensor saw, or packed in a way that is not read, it is the largest preview, and a remark says so. Pages
 * after the first are passed over with a remark.
 *
 * @param bytes the whole file
 *
 * @example
 * fullPicture(Uint8Array.of(0xff, 0xd8, 0xff)).remark; // undefined
 */
export function fullPicture(bytes: Uint8Array): FullPicture {
  const [a, b] = bytes;
  const isTiff = ((a === 0x49 && b === 0x49) || (a === 0x4d && b === 0x4d)) && bytes.length >= 16;
  if (!isTiff) return { bytes };
  const file = new TiffFile(bytes);
  const all = tiffPictures(file).filter(({ mask }) => !mask);
  const read = all.filter(isRead);
  const pages = withoutPreviews(read.filter(({ reduced }) => !reduced));
  const [page] = pages;
  const hidden = largest(all.filter((one) => !one.reduced && !isRead(one)));
  const isPreview = page === undefined || (hidden !== undefined && pixels(hidden) > 1.5 * pixels(page));
  const chosen = isPreview ? largest(read) : page;
  if (chosen === undefined) return { bytes, ...(hidden !== undefined && { notRead: `${whyNot(hidden)}, without a preview` }) };
  const size = `${chosen.width} × ${chosen.height}`;
  const remark =
    isPreview && hidden !== undefined
      ? `only a preview of ${size} pixels was read: the full picture (${hidden.width} × ${hidden.height}) is ${whyNot(hidden)}`
      : isPreview
        ? `only a preview of ${size} pixels was found`
        : pages.length > 1
          ? `the first of its ${pages.length} pages was read`
          : undefined;
  return { bytes: alone(file, chosen), ...(remark !== undefined && { remark }) };
}

function isRead({ jpeg, photometric, compression }: TiffPicture): boolean {
  if (jpeg !== undefined && jpegNotRead(jpeg) !== undefined) return false;
  if (photometric !== undefined && !shown.has(photometric)) return false;
  return jpeg !== undefined || packings.has(compression);
}

function whyNot({ jpeg, photometric, compression }: TiffPicture): string {
  if (photometric === 32803 || photometric === 34892 || (jpeg !== undefined && photometric === undefined)) return "a camera's raw data";
  const kind = jpeg && jpegNotRead(jpeg);
  return kind !== undefined ? `${kind}, which is not read` : `packed in a way that is not read (compression ${compression})`;
}

const pixels = ({ width, height }: TiffPicture) => width * height;

function largest(pictures: readonly TiffPicture[]): TiffPicture | undefined {
  return pictures.reduce<TiffPicture | undefined>(
    (best, one) => (best === undefined || pixels(one) > pixels(best) ? one : best),
    undefined,
  );
}

/** Some programs put a preview before the picture, or smaller copies after it, and mark none. */
function withoutPreviews(pages: readonly TiffPicture[]): TiffPicture[] {
  const most = largest(pages);
  if (most === undefined) return [];
  const shape = most.width / most.height;
  return pages.filter((page) => {
    const alike = Math.abs(page.width / page.height / shape - 1) < 0.05;
    const small = Math.max(page.width, page.height) <= previewSide;
    return 4 * pixels(page) > pixels(most) || !(alike || small);
  });
}

/** A file that begins with one picture of another. */
function alone(file: TiffFile, { at, jpeg, orientation, turnedItself, compression, photometric }: TiffPicture): Uint8Array {
  if (jpeg !== undefined && (compression !== 7 || photometric === 6)) return turnedJpeg(jpeg, orientation);
  return at === file.first ? file.bytes : withFirst(file, at, turnedItself ? undefined : orientation);
}

/** A JPEG with an Exif segment of one tag, unless it has one of its own. */
function turnedJpeg(jpeg: Uint8Array, orientation: number | undefined): Uint8Array {
  const own = jpeg[2] === 0xff && jpeg[3] === 0xe1;
  if (own || orientation === undefined || orientation === 1) return jpeg;
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff];
  const segment = [0xff, 0xd8, 0xff, 0xe1, 0, exif.length + 2, ...exif];
  const whole = new Uint8Array(segment.length + jpeg.length - 2);
  whole.set(segment);
  whole.set(jpeg.subarray(2), segment.length);
  return whole;
}

/**
 * A copy of a TIFF whose first directory, and only one, is another of it: offsets in a TIFF are from its beginning, so everything else
 * may stay where it is. The directory stands again at the end, with its turning where it has none.
 */
function withFirst(file: TiffFile, at: number, orientation: number | undefined): Uint8Array {
  const { entry: step, count: head, offset } = file.sizes;
  const count = file.number(at, head);
  const rows = Array.from({ length: count }, (_, i) => file.bytes.subarray(at + head + i * step, at + head + (i + 1) * step));
  const tagOf = (row: Uint8Array) => new DataView(row.buffer, row.byteOffset).getUint16(0, file.little);
  if (orientation !== undefined) rows.push(entryOf(file, 274, orientation));
  rows.sort((a, b) => tagOf(a) - tagOf(b));
  const start = file.bytes.length + (file.bytes.length % 2);
  const whole = new Uint8Array(start + head + rows.length * step + offset);
  whole.set(file.bytes);
  const view = new DataView(whole.buffer);
  const write = (place: number, size: number, value: number) => {
    if (size === 2) view.setUint16(place, value, file.little);
    else if (size === 4) view.setUint32(place, value, file.little);
    else view.setBigUint64(place, BigInt(value), file.little);
  };
  write(file.big ? 8 : 4, offset, start);
  write(start, head, rows.length);
  for (const [i, row] of rows.entries()) whole.set(row, start + head + i * step);
  return whole;
}

/** An entry of one number of two bytes. */
function entryOf(file: TiffFile, tag: number, value: number): Uint8Array {
  const row = new Uint8Array(file.sizes.entry);
  const view = new DataView(row.buffer);
  view.setUint16(0, tag, file.little);
  view.setUint16(2, 3, file.little);
  if (file.big) view.setBigUint64(4, 1n, file.little);
  else view.setUint32(4, 1, file.little);
  view.setUint16(4 + file.sizes.offset, value, file.little);
  return row;
}
