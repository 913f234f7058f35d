/** What the frame header of a JPEG says of its pixels. */
export interface JpegFrame {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  /** The second byte of the marker that begins the header: 0xc0 for baseline, 0xc2 for progressive. */
  readonly process: number;
}

/** Markers that begin a frame: SOF0 to SOF15 without DHT, JPG and DAC, which lie between them; SOF55 is JPEG-LS. */
const isFrame = (marker: number) =>
  (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) || marker === 0xf7;

/**
 * The frame header of a JPEG; undefined where there is none.
 *
 * ISO/IEC 10918-1, B.2.2.
 *
 * @example
 * jpegFrame(Uint8Array.of(0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 2, 0, 3, 1)); // { width: 3, height: 2, bits: 8, process: 192 }
 */
export function jpegFrame(bytes: Uint8Array): JpegFrame | undefined {
  for (const { marker, at } of jpegSegments(bytes)) {
    if (!isFrame(marker)) continue;
    if (at + 9 > bytes.length) return undefined;
    const word = (offset: number) => 256 * (bytes[at + offset] as number) + (bytes[at + offset + 1] as number);
    return { width: word(7), height: word(5), bits: bytes[at + 4] as number, process: marker };
  }
  return undefined;
}

/**
 * The kind of a JPEG that no decoder here reads, in words; undefined for those that are read.
 *
 * @example
 * jpegNotRead(Uint8Array.of(0xff, 0xd8, 0xff, 0xc1, 0, 11, 12, 0, 2, 0, 3, 1)); // "a JPEG of 12 bits"
 */
export function jpegNotRead(bytes: Uint8Array): string | undefined {
  const frame = jpegFrame(bytes);
  if (frame === undefined) return undefined;
  const { process, bits } = frame;
  if (process === 0xf7) return "JPEG-LS";
  if ([0xc3, 0xc7, 0xcb, 0xcf].includes(process)) return "a lossless JPEG";
  if ([0xc5, 0xc6, 0xcd, 0xce].includes(process)) return "a hierarchical JPEG";
  return bits === 8 ? undefined : `a JPEG of ${bits} bits`;
}

/** The segments of a JPEG up to its first scan, which is the last: their markers, and where they begin. */
export function* jpegSegments(
  bytes: Uint8Array,
  from = 2,
): Generator<{ readonly marker: number; readonly at: number; readonly end: number }> {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return;
  for (let at = from; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return;
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      at++; // fill bytes
      continue;
    }
    if (marker === 0xd9) return;
    const alone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    const end = alone ? at + 2 : at + 2 + 256 * (bytes[at + 2] as number) + (bytes[at + 3] as number);
    yield { marker, at, end };
    if (marker === 0xda) return;
    at = end;
  }
}
