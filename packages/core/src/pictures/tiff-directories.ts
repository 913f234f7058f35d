import { jpegFrame } from "./jpeg-frame.ts";

/** A picture of a TIFF, as its directory describes it. */
export interface TiffPicture {
  /** Where its directory stands in the file, in bytes. */
  readonly at: number;
  readonly width: number;
  readonly height: number;
  /** Whether the file says that it is a smaller copy of another (bit 0 of NewSubfileType, or SubfileType 2). */
  readonly reduced: boolean;
  /** Whether it says where another one is transparent, and shows nothing itself. */
  readonly mask: boolean;
  /** PhotometricInterpretation: 2 for red, green and blue, 32803 for what a camera's sensor saw. */
  readonly photometric: number | undefined;
  readonly compression: number;
  /** How it is turned, as its directory says it, or the one that points to it. */
  readonly orientation: number | undefined;
  /** Whether its own directory says so. */
  readonly turnedItself: boolean;
  /** The bytes of a whole JPEG, where the picture is one. */
  readonly jpeg?: Uint8Array;
}

/** One entry of a directory. */
interface Entry {
  readonly type: number;
  readonly count: number;
  /** Where its values stand. */
  readonly at: number;
}

const bytesOfType: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 6: 1, 7: 1, 8: 2, 9: 4, 13: 4, 16: 8, 17: 8, 18: 8 };
/** Files with more pictures are none that people take; a circle of directories ends here, too. */
const mostPictures = 1000;

/**
 * A file that begins as a TIFF, and how it is written: the order of bytes, and whether offsets have four or eight (BigTIFF).
 */
export class TiffFile {
  readonly #view: DataView;
  readonly little: boolean;
  readonly big: boolean;
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.little = bytes[0] === 0x49;
    this.big = this.#view.getUint16(2, this.little) === 43;
  }

  /** Where the first directory stands. */
  get first(): number {
    return this.big ? this.number(8, 8) : this.number(4, 4);
  }

  /** Bytes of an entry of a directory, and of the number of entries before them. */
  get sizes(): { readonly entry: number; readonly count: number; readonly offset: number } {
    return this.big ? { entry: 20, count: 8, offset: 8 } : { entry: 12, count: 2, offset: 4 };
  }

  /** An unsigned number; NaN past the end of the file. */
  number(at: number, size: number): number {
    if (!(at >= 0 && at + size <= this.bytes.length)) return Number.NaN;
    if (size === 1) return this.#view.getUint8(at);
    if (size === 2) return this.#view.getUint16(at, this.little);
    return size === 4 ? this.#view.getUint32(at, this.little) : Number(this.#view.getBigUint64(at, this.little));
  }

  /** The entries of a directory by their tags, and where the next directory stands (0 for none); undefined if it is not all there. */
  directory(at: number): { readonly entries: ReadonlyMap<number, Entry>; readonly next: number } | undefined {
    const { entry: step, count: head, offset } = this.sizes;
    const count = this.number(at, head);
    if (!(count >= 1 && count <= 4096) || !(at + head + count * step <= this.bytes.length)) return undefined;
    const entries = new Map<number, Entry>();
    for (let i = 0; i < count; i++) {
      const from = at + head + i * step;
      const type = this.number(from + 2, 2);
      const values = this.number(from + 4, offset);
      const place = from + 4 + offset;
      const inside = (bytesOfType[type] ?? 1) * values <= offset;
      entries.set(this.number(from, 2), { type, count: values, at: inside ? place : this.number(place, offset) });
    }
    return { entries, next: this.number(at + head + count * step, offset) || 0 };
  }

  /** Whole numbers of an entry, at most a few. */
  values(entry: Entry | undefined, most = mostPictures): number[] {
    const size = entry && bytesOfType[entry.type];
    if (entry === undefined || size === undefined || !(entry.count >= 1)) return [];
    const found = Array.from({ length: Math.min(entry.count, most) }, (_, i) => this.number(entry.at + i * size, size));
    return found.every((value) => Number.isFinite(value)) ? found : [];
  }
}

/**
 * Every picture of a TIFF (or of a file that is one inside: DNG, NEF, CR2) in the order of the file: after each the smaller ones, or the
 * larger, that it points to. Those that cannot be followed are left out.
 *
 * TIFF 6.0; Adobe, "TIFF Technical Note 1: TIFF Trees" and "Digital Negative Specification 1.7".
 *
 * @param bytes a file that begins as a TIFF
 *
 * @example
 * tiffPictures(new TiffFile(Uint8Array.from([73, 73, 42, 0, 8, 0, 0, 0, 0, 0]))); // []
 */
export function tiffPictures(file: TiffFile): TiffPicture[] {
  const found: TiffPicture[] = [];
  const seen = new Set<number>();
  const walk = (start: number, deep: number, inherited: number | undefined): void => {
    for (let at = start; at > 0 && !seen.has(at) && seen.size < mostPictures; ) {
      seen.add(at);
      const directory = file.directory(at);
      if (directory === undefined) return;
      const { entries } = directory;
      const own = file.values(entries.get(274), 1)[0];
      const turning = { orientation: own ?? inherited, turnedItself: own !== undefined };
      const picture = pictureAt(file, at, entries);
      if (picture !== undefined) found.push({ ...picture, ...turning });
      if (deep < 4) for (const inner of file.values(entries.get(330))) walk(inner, deep + 1, turning.orientation);
      at = directory.next;
    }
  };
  walk(file.first, 0, undefined);
  return found;
}

function pictureAt(
  file: TiffFile,
  at: number,
  entries: ReadonlyMap<number, Entry>,
): Omit<TiffPicture, "orientation" | "turnedItself"> | undefined {
  const one = (tag: number) => file.values(entries.get(tag), 1)[0];
  const jpeg = jpegIn(file, entries);
  const frame = jpeg && jpegFrame(jpeg);
  const [width, height] = [one(256) ?? frame?.width, one(257) ?? frame?.height];
  if (width === undefined || height === undefined || width < 1 || height < 1) return undefined;
  const kind = one(254) ?? 0;
  return {
    at,
    width,
    height,
    reduced: kind % 2 === 1 || one(255) === 2,
    mask: (kind & 4) !== 0 || one(262) === 4,
    photometric: one(262),
    compression: one(259) ?? 1,
    ...(jpeg !== undefined && { jpeg }),
  };
}

/** A whole JPEG, by the tags for one, or as the single strip of a picture that is packed so. */
function jpegIn(file: TiffFile, entries: ReadonlyMap<number, Entry>): Uint8Array | undefined {
  const alone = (tag: number) => (entries.get(tag)?.count === 1 ? file.values(entries.get(tag), 1)[0] : undefined);
  const compression = alone(259) ?? 1;
  const strip = (compression === 6 || compression === 7) && !entries.has(347);
  const start = alone(513) ?? (strip ? alone(273) : undefined);
  const length = alone(514) ?? (strip ? alone(279) : undefined);
  if (start === undefined || length === undefined || !(length > 4) || start + length > file.bytes.length) return undefined;
  const bytes = file.bytes.subarray(start, start + length);
  return bytes[0] === 0xff && bytes[1] === 0xd8 && jpegFrame(bytes) !== undefined ? bytes : undefined;
}
