import { jpegSegments } from "./jpeg-frame.ts";

/** Of a JPEG that ends early, the share of its rows that may be missing. */
export const mostMissing = 0.25;

/** What a decoder makes of a JPEG that ends early. */
export interface CutJpeg {
  readonly height: number;
  readonly isProgressive: boolean;
  /** Whether it is made of inks, which were turned into colours. */
  readonly inks: boolean;
  /** Some pixels of each row, those at its right end: (height, edge width × channels). */
  readonly edge: Uint8Array;
  readonly channels: number;
}

/**
 * What is missing of a JPEG whose bytes end before its picture does, in words for a person.
 *
 * A decoder paints what is missing in one grey. Rows that end in it, from the last one up, are counted as missing. A progressive JPEG has
 * all its rows early, in a coarse form; then the fine parts of its brightness must have come once, or it counts as missing altogether.
 *
 * @returns a remark where at most a quarter of the rows is missing; else undefined
 */
export function cutJpegRemark(bytes: Uint8Array, { height, isProgressive, inks, edge, channels }: CutJpeg): string | undefined {
  if (isProgressive && !hasFineParts(bytes)) return undefined;
  const row = edge.length / height;
  const last = edge.subarray(edge.length - channels);
  const grey = inks ? last : last.map(() => 128); // inks are turned into colours, and so is their grey
  const isGrey = (y: number) => edge.subarray(y * row, (y + 1) * row).every((value, i) => value === grey[i % channels]);
  let missing = 0;
  while (missing < height && isGrey(height - 1 - missing)) missing++;
  if (missing > mostMissing * height) return undefined;
  if (missing > 0) return `its file is cut short: the last ${missing} of ${height} rows are missing`;
  return isProgressive ? "its file is cut short: its finest details may be missing" : "its file is cut short: its last bytes are missing";
}

/** What unpacks a JPEG, bytes missing or not: the part of `sharp` that is asked here. */
export interface JpegUnpacker {
  metadata(): Promise<{ width: number; height: number; isProgressive?: boolean; space?: string }>;
  extract(region: { left: number; top: number; width: number; height: number }): JpegUnpacker;
  raw(options: { depth: "uchar" }): JpegUnpacker;
  toBuffer(options: { resolveWithObject: true }): Promise<{ data: Uint8Array; info: { channels: number } }>;
}

/** {@link cutJpegRemark} of a JPEG by its right edge, eight pixels wide. */
export async function remarkOnCut(bytes: Uint8Array, image: JpegUnpacker): Promise<string | undefined> {
  const { width, height, isProgressive = false, space } = await image.metadata();
  const wide = Math.min(width, 8);
  const { data: edge, info } = await image
    .extract({ left: width - wide, top: 0, width: wide, height })
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  return cutJpegRemark(bytes, { height, isProgressive, inks: space === "cmyk", edge, channels: info.channels });
}

/**
 * Whether whole scans of a progressive JPEG have brought every frequency of its first component.
 *
 * ISO/IEC 10918-1, G.1.1.1: a scan of frequencies holds one component, from Ss to Se; those with Ah above 0 only refine.
 */
function hasFineParts(bytes: Uint8Array): boolean {
  const come = new Set<number>();
  let first: number | undefined;
  for (let from: number | undefined = 2; from !== undefined; ) {
    const scan = scanAfter(bytes, from);
    if (scan === undefined) break;
    const { at, end } = scan;
    const parts = bytes[at + 4] as number;
    const component = bytes[at + 5] as number;
    const [low, high, bits] = [0, 1, 2].map((i) => bytes[at + 5 + 2 * parts + i] as number) as [number, number, number];
    first ??= component;
    from = nextMarker(bytes, end);
    if (from === undefined) break; // this scan is the one that is cut
    if (component === first && bits >> 4 === 0) for (let k = low; k <= high && k < 64; k++) come.add(k);
  }
  return come.size === 64;
}

function scanAfter(bytes: Uint8Array, from: number): { readonly at: number; readonly end: number } | undefined {
  for (const segment of jpegSegments(bytes, from)) {
    if (segment.marker === 0xda) return segment.end + 3 <= bytes.length ? segment : undefined;
  }
  return undefined;
}

/** Where the packed numbers of a scan end: at the next marker but those within a scan; undefined where the file ends first. */
function nextMarker(bytes: Uint8Array, from: number): number | undefined {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] as number;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return undefined;
}
