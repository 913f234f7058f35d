import { metadataField, propertyOf } from "./onnx-parts.ts";
import { headOf, joined, texted, withFields } from "./onnx-write.ts";

/**
 * An ONNX file with other metadata of the given keys; all else stays byte for byte, the network too.
 *
 * @throws DataError if it is cut short, or is no such file
 *
 * @example
 * const graph = [0x3a, 1, 7];
 * onnxParts(withMetadata(Uint8Array.from(graph), { name: "é" })).metadata.get("name"); // "é"
 */
export function withMetadata(file: Uint8Array, metadata: Readonly<Record<string, string>>): Uint8Array {
  const kept = withFields(file, (field) => (Object.hasOwn(metadata, propertyOf(field)?.[0] ?? "") ? new Uint8Array() : undefined));
  const added = Object.entries(metadata).map(([key, value]) => {
    const property = [...texted(1, key), ...texted(2, value)];
    return Uint8Array.from([...headOf(metadataField, property.length), ...property]);
  });
  return joined([kept, ...added]);
}
