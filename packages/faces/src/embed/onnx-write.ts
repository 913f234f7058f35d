import { type Field, fields } from "./onnx-parts.ts";

/**
 * A message with some of its fields written otherwise; all others stay byte for byte.
 *
 * @param change the field's new bytes, its key included, or undefined where it stays
 * @throws DataError if it is cut short, or is no message
 */
export function withFields(message: Uint8Array, change: (field: Field) => Uint8Array | undefined): Uint8Array {
  return joined(fields(message).map((field) => change(field) ?? message.subarray(field.from, field.to)));
}

/** A field of text. */
export function texted(field: number, text: string): number[] {
  const bytes = utf8(text);
  return [...headOf(field, bytes.length), ...bytes];
}

/** Key and length of a field of bytes. */
export const headOf = (field: number, length: number): number[] => [...varint(field * 8 + 2), ...varint(length)];

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}

/** What the first byte of a letter begins with, by how many bytes follow it. */
const leads = [0, 0xc0, 0xe0, 0xf0] as const;

/** UTF-8, without an encoder of the platform's; half of a pair is U+FFFD. */
function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const letter of text) {
    const point = letter.codePointAt(0) as number;
    const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
    const more = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    bytes.push((leads[more] as number) | (code >> (6 * more)));
    for (let k = more - 1; k >= 0; k--) bytes.push(0x80 | ((code >> (6 * k)) & 0x3f));
  }
  return bytes;
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
