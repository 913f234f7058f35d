/**
 * Bytes as text, as other programs write it: UTF-8, UTF-16 of either order (Excel's "Unicode text"), or Windows-1252 where they are none
 * of these. A byte order mark is taken off. Where lines end in CR alone, LF stands for it.
 *
 * @param cut whether the bytes are the beginning of something longer, so that the last letter may be cut
 *
 * @example
 * decodeText(Uint8Array.of(0xff, 0xfe, 0x61, 0x00, 0x0d, 0x00, 0x62, 0x00)); // "a\nb"
 */
export function decodeText(bytes: Uint8Array, { cut = false } = {}): string {
  const text = decodeAs(encodingOf(bytes), bytes, cut);
  return text.includes("\n") ? text : text.replaceAll("\r", "\n");
}

type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** By the byte order mark, or by where the zeros of two Latin letters are. */
function encodingOf([a, b, c, d]: Uint8Array): Encoding {
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return "utf-16le";
  return a === 0 && b !== 0 && c === 0 && d !== 0 ? "utf-16be" : "utf-8";
}

function decodeAs(encoding: Encoding, bytes: Uint8Array, cut: boolean): string {
  if (encoding !== "utf-8") return new TextDecoder(encoding).decode(bytes, { stream: cut });
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: cut });
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
