import { DataError } from "@semblant/core";
import { notOurs } from "./model-card.ts";

/** What there is to know of an ONNX file without running it. */
export interface OnnxParts {
  /** The bytes of the network, weights included. */
  readonly graph: Uint8Array;
  readonly metadata: ReadonlyMap<string, string>;
}

// Numbers of fields in onnx.proto.
export const graphField = 7;
export const metadataField = 14;

/**
 * The network's bytes and the metadata of an ONNX file, read from its protocol buffer.
 *
 * @throws DataError if it is no such file, or is cut short
 *
 * @example
 * onnxParts(Uint8Array.of(8, 8)); // throws DataError: model: expected an ONNX file
 */
export function onnxParts(file: Uint8Array): OnnxParts {
  const metadata = new Map<string, string>();
  let graph: Uint8Array | undefined;
  for (const field of fields(file)) {
    if (field.field === graphField && field.bytes !== undefined) graph = field.bytes;
    const property = propertyOf(field);
    if (property !== undefined) metadata.set(...property);
  }
  if (graph === undefined) throw notOurs();
  return { graph, metadata };
}

/** A top field of a message. */
export interface Field {
  readonly field: number;
  /** Of a field with a length; numbers are passed over. */
  readonly bytes?: Uint8Array;
  /** Where it begins in the message, its key included, and where it ends. */
  readonly from: number;
  readonly to: number;
}

/** The key and the text of a field of metadata; undefined of any other. */
export function propertyOf({ field, bytes }: Field): [key: string, value: string] | undefined {
  if (field !== metadataField || bytes === undefined) return undefined;
  const [key, value] = [1, 2].map((part) => fields(bytes).find((one) => one.field === part)?.bytes);
  return key && [textOf(key), value === undefined ? "" : textOf(value)];
}

/** The top fields of a message: a key (number of the field · 8 + kind), then what its kind says. */
export function fields(message: Uint8Array): Field[] {
  const found: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let place = 0; place < 10; place++) {
      const byte = message[at++];
      if (byte === undefined) throw cutShort();
      value += (byte & 127) * 2 ** (7 * place);
      if (byte < 128) return value;
    }
    throw notOurs();
  };
  while (at < message.length) {
    const from = at;
    const key = varint();
    const [field, kind] = [Math.floor(key / 8), key % 8];
    if (kind === 0) varint();
    else if (kind === 1 || kind === 5) at += kind === 1 ? 8 : 4;
    else if (kind === 2) {
      const length = varint();
      if (at + length > message.length) throw cutShort();
      found.push({ field, bytes: message.subarray(at, at + length), from, to: at + length });
      at += length;
      continue;
    } else throw notOurs();
    if (at > message.length) throw cutShort();
    found.push({ field, from, to: at });
  }
  return found;
}

function cutShort(): DataError {
  return new DataError("model: expected a whole ONNX file, but it is cut short or is none.");
}

/** UTF-8, without a decoder of the platform's. */
export function textOf(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i++] as number;
    const more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    let code = more === 0 ? first : first & (0x3f >> more);
    for (let k = 0; k < more; k++) code = (code << 6) | ((bytes[i++] ?? 0) & 0x3f);
    text += String.fromCodePoint(code <= 0x10ffff ? code : 0xfffd);
  }
  return text;
}
