/** Chunks of a PNG that hold packed words and colour profiles: a few kilobytes of them may unpack to any size. */
const packedTypes = new Set(["iCCP", "zTXt", "iTXt"]);
/** Packing by deflate makes bytes at most about so many times fewer. */
const mostPacking = 1032;

/** Bytes that the colour profile and the words of one picture may have. */
export const mostExtraBytes = 16 * 2 ** 20;

/**
 * The packed colour profile and words of a PNG, as zlib's streams, where these could unpack to more than {@link mostExtraBytes}: they
 * are to be unpacked to that limit before a decoder takes all of them.
 *
 * @returns nothing for other files, and where there is no danger
 *
 * @example
 * packedExtras(new Uint8Array(100)); // []
 */
export function packedExtras(png: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  if (png[0] !== 0x89) return found;
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  for (let at = 8; at + 12 <= png.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    if (packedTypes.has(type)) found.push(streamIn(type, png.subarray(at + 8, at + 8 + length)));
    at += 12 + length;
  }
  const bytes = found.reduce((sum, stream) => sum + stream.length, 0);
  return bytes * mostPacking <= mostExtraBytes ? [] : found;
}

/** What follows the keyword, and iTXt's flags, language and translated keyword; unpacked words of iTXt are no stream and left out. */
function streamIn(type: string, data: Uint8Array): Uint8Array {
  const name = data.indexOf(0) + 1;
  if (type !== "iTXt") return data.subarray(name + 1);
  if (data[name] !== 1) return data.subarray(0, 0);
  const language = data.indexOf(0, name + 2) + 1;
  return data.subarray(data.indexOf(0, language) + 1);
}
